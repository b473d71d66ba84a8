import type { Dataset } from '@fovea/data';
import type { HookedModel } from '@fovea/models';
import type { RunContext } from '../kind.ts';
import type { SweptImages } from './images.ts';
import type { ActivationSweepInput } from './schema.ts';

/** What all passes of a run share. */
export interface SweepJob {
  readonly input: ActivationSweepInput;
  readonly context: RunContext;
  readonly model: HookedModel;
  readonly dataset: Dataset;
  readonly split: string;
  readonly images: SweptImages;
  /** Images that have gone through the network, and that will. */
  readonly progress: { step: number; total: number };
}
