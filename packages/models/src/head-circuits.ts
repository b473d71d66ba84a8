import type { tf } from '@fovea/tensor';
import { Matrix } from 'ml-matrix';
import { SelectionError } from './errors.ts';
import { compositionScore, factoredMatrix, transpose, type FactoredMatrix } from './factored-matrix.ts';
import type { ChannelMap } from './graph.ts';
import type { HookedModel } from './hooked-model.ts';
import { origin, readersIn, users } from './weight-processing/readers.ts';

/** What a head looks for and what it moves, apart from biases (Elhage et al., 2021). */
export interface HeadCircuits {
  /** W_Q W_Kᵀ [channels, channels of the context]: x_query · QK · x_keyᵀ is the score times √d. */
  readonly qk: FactoredMatrix;
  /** W_V W_O [channels of the context, channels]: what is written where the head attends to x is x · OV. */
  readonly ov: FactoredMatrix;
}

/**
 * Of one head of an attention layer. Layer norms are not part of it unless folded (`processWeights`).
 * @param attention before the hook points' names: `blocks.3.attn`
 * @throws UnknownLayerError, SelectionError
 */
export async function headCircuits(
  model: HookedModel,
  attention: string,
  head: number,
): Promise<HeadCircuits> {
  const z = model.hookPoint(`${attention}.z`);
  const [, heads, width] = z.shape as [number, number, number];
  if (!Number.isInteger(head) || head < 0 || head >= heads) {
    throw SelectionError.ofIndex(z, 'head', head, heads);
  }
  const [q, k, v] = ['q', 'k', 'v'].map((part) => mapBefore(model, `${attention}.${part}`));
  const [first, last] = [head * width, (head + 1) * width - 1];
  const columnsOf = async (map: ChannelMap) => {
    const matrix = await matrixOf(model, map);
    return matrix.subMatrix(0, matrix.rows - 1, first, last);
  };
  const output = await matrixOf(model, mapBehind(model, z.name));
  return {
    qk: factoredMatrix(await columnsOf(q!), (await columnsOf(k!)).transpose()),
    ov: factoredMatrix(await columnsOf(v!), output.subMatrix(first, last, 0, output.columns - 1)),
  };
}

export interface Composition {
  readonly query: number;
  readonly key: number;
  readonly value: number;
}

/** How much of what `later` reads for its queries, keys and values is what `earlier` writes. */
export function headComposition(earlier: HeadCircuits, later: HeadCircuits): Composition {
  return {
    query: compositionScore(earlier.ov, later.qk),
    key: compositionScore(earlier.ov, transpose(later.qk)),
    value: compositionScore(earlier.ov, later.ov),
  };
}

function mapBefore({ network }: HookedModel, name: string): ChannelMap {
  return origin(network.hooks.get(name)!).operation.map!;
}

function mapBehind({ network }: HookedModel, name: string): ChannelMap {
  const [reader] = users(readersIn(network), network.hooks.get(name)!);
  return reader!.operation.map!;
}

/** [inputs, outputs] */
async function matrixOf({ weights }: HookedModel, { weight }: ChannelMap): Promise<Matrix> {
  const matrix = weights.get(weight.name) as tf.Tensor2D;
  const [inputs, outputs] = matrix.shape;
  return Matrix.from1DArray(inputs, outputs, await matrix.data<'float32'>());
}
