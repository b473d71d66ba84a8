/**
 * Transforms as a compiled step sees them: what was drawn is not part of the function but enters it as arrays, so
 * that one function serves all draws that give the same shapes.
 */
import { tf } from '@fovea/tensor';
import { chain, mapped, writeMatrix, type SparseMap } from '../sparse-map.ts';
import { chosen, type AffineMap } from './affine-map.ts';
import { newArray, type HostArray, type MakeArray } from './host-array.ts';
import { sample, samplingArrays, type Sampling } from './sampling.ts';
import { withSize, type ImageShape } from './transform.ts';

export type Stage = SeparableStage | SampledStage | FedStage;

/** y = rows · x · columnsᵀ + background, the same for each picture and channel. */
export interface SeparableStage {
  readonly kind: 'separable';
  readonly shape: ImageShape;
  readonly rows: SparseMap;
  readonly columns: SparseMap;
  /** A sum of products of a column and a row, of the new height and width. */
  readonly background: readonly Product[];
}

export interface Product {
  readonly column: readonly number[];
  readonly row: readonly number[];
}

/** Each position reads four others. */
export interface SampledStage {
  readonly kind: 'sampled';
  readonly shape: ImageShape;
  readonly sampling: Sampling;
}

/** Any function of the image and of arrays. */
export interface FedStage {
  readonly kind: 'fed';
  readonly shape: ImageShape;
  /** Of functions that compute the same from arrays of the same shapes. */
  readonly name: string;
  readonly arrays: readonly HostArray[];
  apply(image: tf.Tensor4D, arrays: readonly tf.Tensor[]): tf.Tensor4D;
}

export function separable(
  [batch, , , channels]: ImageShape,
  rows: SparseMap,
  columns: SparseMap,
  background: readonly Product[] = [],
): SeparableStage {
  const shape = [batch, rows.outputs.length, columns.outputs.length, channels] as const;
  return { kind: 'separable', shape, rows, columns, background };
}

/** @param shape of the image before and after */
export function sampled(shape: ImageShape, map: AffineMap): SampledStage {
  const size = [shape[1], shape[2]] as const;
  return { kind: 'sampled', shape, sampling: { map, from: size, input: size, to: size, output: size } };
}

/** A stage without arrays. */
export function fixedStage(
  name: string,
  shape: ImageShape,
  apply: (image: tf.Tensor4D) => tf.Tensor4D,
): FedStage {
  return { kind: 'fed', shape, name, arrays: [], apply };
}

/** Neighbours become one where that saves a pass over the image. */
export function mergeStages(stages: readonly Stage[]): Stage[] {
  const merged: Stage[] = [];
  for (const stage of stages) {
    const together = merged.length > 0 ? merge(merged.at(-1)!, stage) : undefined;
    if (together) merged[merged.length - 1] = together;
    else merged.push(stage);
  }
  return merged;
}

function merge(first: Stage, second: Stage): Stage | undefined {
  if (second.kind !== 'separable') return undefined;
  const { shape, rows, columns } = second;
  if (first.kind === 'separable') {
    const background = first.background.map(({ column, row }) => ({
      column: mapped(rows, column),
      row: mapped(columns, row),
    }));
    return {
      kind: 'separable',
      shape,
      rows: chain(first.rows, rows),
      columns: chain(first.columns, columns),
      background: [...background, ...second.background],
    };
  }
  return first.kind === 'sampled' && second.background.length === 0
    ? sampledThenChosen(first, second)
    : undefined;
}

function sampledThenChosen(
  { shape, sampling }: SampledStage,
  { rows, columns }: SeparableStage,
): SampledStage | undefined {
  const map = chosen(sampling.map, rows, columns);
  const size = [rows.outputs.length, columns.outputs.length] as const;
  return (
    map && {
      kind: 'sampled',
      shape: withSize(shape, ...size),
      sampling: { ...sampling, map, to: size, output: size },
    }
  );
}

/** What a stage is fed. */
export function arraysOf(stage: Stage, make: MakeArray = newArray): readonly HostArray[] {
  if (stage.kind === 'fed') return stage.arrays;
  if (stage.kind === 'sampled') return samplingArrays(stage.sampling, make);
  const { rows, columns, background } = stage;
  const matrices = [rows, columns].map((map) => {
    const values = make(Float32Array, map.outputs.length * map.inputs);
    writeMatrix(map, values);
    return { shape: [1, 1, map.outputs.length, map.inputs], values };
  });
  return background.length === 0 ? matrices : [...matrices, ...backgroundArrays(background)];
}

/** [1, 1, products, height] and [1, 1, products, width] */
function backgroundArrays(products: readonly Product[]): HostArray[] {
  return [products.map(({ column }) => column), products.map(({ row }) => row)].map((lists) => ({
    shape: [1, 1, lists.length, lists[0]!.length],
    values: Float32Array.from(lists.flat()),
  }));
}

/**
 * What functions differ by that are fed alike: stages of one structure may share a compiled step.
 * @param arrays of the stage
 */
export function structureOf(stage: Stage, arrays: readonly HostArray[]): string {
  const shapes = arrays.map(({ shape }) => shape.join('×'));
  return `${stage.kind === 'fed' ? stage.name : stage.kind} ${stage.shape.join('×')} [${shapes.join()}]`;
}

/** @param arrays of a stage of the same structure */
export function applyStage(stage: Stage, image: tf.Tensor4D, arrays: readonly tf.Tensor[]): tf.Tensor4D {
  if (stage.kind === 'fed') return stage.apply(image, arrays);
  const [, height, width] = stage.shape;
  if (stage.kind === 'sampled') return sample(image, arrays, [height, width]);
  const [rows, columns, ...background] = arrays as [tf.Tensor4D, tf.Tensor4D, ...tf.Tensor4D[]];
  const planar = tf.transpose(image, [0, 3, 1, 2]);
  const mapped = tf.matMul(tf.matMul(rows, planar), columns, false, true);
  const [heights, widths] = background;
  const whole = heights && widths ? tf.add(mapped, tf.matMul(heights, widths, true)) : mapped;
  return tf.transpose<tf.Tensor4D>(whole as tf.Tensor4D, [0, 2, 3, 1]);
}
