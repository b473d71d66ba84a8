import { adam } from './adam.ts';
import { lbfgs } from './lbfgs.ts';
import { momentum } from './momentum.ts';
import { nadam } from './nadam.ts';
import type { Optimizer } from './optimizer.ts';

export type OptimizerName = 'adam' | 'adamw' | 'nadam' | 'momentum' | 'gradientDescent' | 'lbfgs';

/** Each with the other numbers at the defaults of the tool that it comes from. */
export function optimizerOf(name: OptimizerName, learningRate: number): Optimizer {
  switch (name) {
    case 'adam':
      return adam(learningRate);
    case 'adamw':
      return adam(learningRate, { weightDecay: 0.01 });
    case 'nadam':
      return nadam(learningRate);
    case 'momentum':
      return momentum(learningRate);
    case 'gradientDescent':
      return momentum(learningRate, 0);
    case 'lbfgs':
      return lbfgs(learningRate);
    default:
      return name satisfies never;
  }
}
