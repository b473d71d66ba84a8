import type { Nonlinearities } from '@fovea/models';
import { redirectedReluSteps } from '../constants.ts';
import { redirectedRelu, redirectedRelu6 } from './redirected-relu.ts';
import { smoothedMaxPool } from './smoothed-max-pool.ts';

export interface GradientOverrides {
  /** Redirect ReLUs in the first 16 steps. */
  readonly redirectedRelu: boolean;
  readonly maxPoolGradient: 'exact' | 'average' | 'l2';
}

/** The operations to replace at a step, counted from 0. */
export function nonlinearitiesAt(step: number, overrides: GradientOverrides): Partial<Nonlinearities> {
  const relus = { relu: redirectedRelu, relu6: redirectedRelu6 };
  return {
    ...(overrides.redirectedRelu && step < redirectedReluSteps ? relus : {}),
    ...(overrides.maxPoolGradient === 'exact' ? {} : { maxPool: smoothedMaxPool(overrides.maxPoolGradient) }),
  };
}
