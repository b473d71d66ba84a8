import type { tf } from '@fovea/tensor';
import type { HookedModel, RunInput, RunOptions } from '../hooked-model.ts';
import { layersOf, type LayerFilter } from './layer-filter.ts';

/**
 * The values of the hook points that `filter` lets through, with batch, by the hook points' own names. Nothing else
 * is kept, and nothing is computed that none of them depends on; the caller frees them.
 * @throws UnknownLayerError
 */
export function capture(
  model: HookedModel,
  input: RunInput,
  filter: LayerFilter,
  options: Omit<RunOptions, 'until'> = {},
): Record<string, tf.Tensor> {
  return model.run(input, { ...options, until: layersOf(model, filter) });
}
