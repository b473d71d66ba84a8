/**
 * Transforms as a compiled step sees them: what was drawn is not part of the function but enters it as arrays, so
 * that one function serves all draws that give the same shapes.
 */
import { tf } from '@fovea/tensor';
import type { Taps } from '../resample.ts';
import { chain, isSelection, mapped, matrixOf, type SparseMap } from '../sparse-map.ts';
import { sample, samplingArrays } from './sampling.ts';
import type { ImageShape } from './transform.ts';

/** An array that is fed to a step. */
export interface HostArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

export type Stage = SeparableStage | TapsStage | FedStage;

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
export interface TapsStage {
  readonly kind: 'taps';
  readonly shape: ImageShape;
  /** Height and width before. */
  readonly from: readonly [number, number];
  readonly taps: Taps;
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
  const isCrop = isSelection(rows) && isSelection(columns) && second.background.length === 0;
  if (first.kind === 'taps' && isCrop)
    return { ...first, shape, taps: selectTaps(first.taps, rows, columns) };
  return undefined;
}

function selectTaps({ width, positions, weights }: Taps, rows: SparseMap, columns: SparseMap): Taps {
  const [height, newWidth] = [rows.outputs.length, columns.outputs.length];
  const selected = {
    positions: new Int32Array(height * newWidth * 4),
    weights: new Float32Array(height * newWidth * 4),
  };
  const [chosenRows, chosenColumns] = [rows, columns].map(({ outputs }) =>
    outputs.map(([tap]) => tap!.input),
  );
  let next = 0;
  for (const row of chosenRows!)
    for (const column of chosenColumns!) {
      const from = (row * width + column) * 4;
      for (let tap = from; tap < from + 4; tap++, next++) {
        selected.positions[next] = positions[tap]!;
        selected.weights[next] = weights[tap]!;
      }
    }
  return { height, width: newWidth, ...selected };
}

/** What a stage is fed. */
export function arraysOf(stage: Stage): readonly HostArray[] {
  if (stage.kind === 'fed') return stage.arrays;
  if (stage.kind === 'taps') return samplingArrays(stage.taps, stage.from);
  const { rows, columns, background } = stage;
  const matrices = [rows, columns].map((map) => {
    const matrix = matrixOf(map);
    return { shape: [1, 1, matrix.rows, matrix.columns], values: matrix.values };
  });
  return background.length === 0 ? matrices : [...matrices, backgroundOf(background, stage.shape)];
}

/** [1, height, width, 1] */
function backgroundOf(products: readonly Product[], [, height, width]: ImageShape): HostArray {
  const values = new Float32Array(height * width);
  for (const { column, row } of products)
    for (let y = 0, next = 0; y < height; y++)
      for (let x = 0; x < width; x++, next++) values[next]! += column[y]! * row[x]!;
  return { shape: [1, height, width, 1], values };
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
  if (stage.kind === 'taps') return sample(image, arrays, [height, width]);
  const [rows, columns, background] = arrays as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D?];
  const planar = tf.transpose(image, [0, 3, 1, 2]);
  const mappedRows = tf.matMul(rows, planar);
  const both = tf.transpose<tf.Tensor4D>(tf.matMul(mappedRows, columns, false, true), [0, 2, 3, 1]);
  return background ? tf.add(both, background) : both;
}
