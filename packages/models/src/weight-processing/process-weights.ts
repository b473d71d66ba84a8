import { createHash } from 'node:crypto';
import { tf } from '@fovea/tensor';
import { NothingToProcessError } from '../errors.ts';
import type { Weights } from '../graph.ts';
import type { HookedModel } from '../hooked-model.ts';
import { hookedModel } from '../model.ts';
import { disposeWeights } from '../weights.ts';
import { centerUnembedding } from './center-unembedding.ts';
import { centerWritingWeights } from './center-writing-weights.ts';
import { foldBatchNorm } from './fold-batch-norm.ts';
import { foldLayerNorm } from './fold-layer-norm.ts';
import { foldLayerScale } from './fold-layer-scale.ts';
import { foldValueBiases } from './fold-value-biases.ts';
import type { WeightProcessing } from './weight-changes.ts';

export const weightProcessings = {
  foldBatchNorm,
  foldLayerNorm,
  foldLayerScale,
  centerWritingWeights,
  centerUnembedding,
  foldValueBiases,
} satisfies Record<string, WeightProcessing>;

export type WeightProcessingName = keyof typeof weightProcessings;

/**
 * The same network with weights that are easier to read, one processing after the other. The given model stays as
 * it is; both are to be disposed. The digest says what was done.
 * @throws NothingToProcessError
 */
export function processWeights(model: HookedModel, names: readonly WeightProcessingName[]): HookedModel {
  let weights: Weights = new Map([...model.weights].map(([name, tensor]) => [name, tensor.clone()]));
  for (const name of names) {
    const changes = weightProcessings[name](model.network, weights);
    if (Object.keys(changes).length === 0) {
      disposeWeights(weights);
      throw new NothingToProcessError(model.name, name);
    }
    tf.dispose(Object.keys(changes).map((changed) => weights.get(changed)!));
    weights = new Map([...weights, ...Object.entries(changes)]);
  }
  const { name, architecture, variant, preprocessing, classes, network, naming } = model;
  const digest = createHash('sha256')
    .update([model.digest, ...names].join('\n'))
    .digest('hex');
  return hookedModel(
    { name, architecture, variant, digest, preprocessing, classes },
    network,
    weights,
    naming,
  );
}
