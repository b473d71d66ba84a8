/** What the axes of a value count, as far as the operations that made it tell. */
import type { Axis } from '../hooked-model.ts';
import type { Label, Layout } from './operand.ts';

/** Where nothing else is known. */
export function usualLabels(rank: number, layout: Layout = 'plain'): Label[] {
  if (layout === 'channelsLast') return ['batch', 'height', 'width', 'channel'];
  const named: readonly Label[][] = [[], ['batch'], ['batch', 'channel'], ['batch', 'position', 'channel']];
  return named[rank] ?? ['batch', ...Array<Label>(rank - 3).fill('head'), 'position', 'channel'];
}

/** Of a matrix product: scores are by query and key, and what is summed over keys is by position again. */
export function productLabels(a: readonly Label[], b: readonly Label[]): Label[] {
  const [row, column] = [a.at(-2)!, b.at(-1)!];
  const batch = a.slice(0, -2);
  if (row === 'position' && column === 'position') return [...batch, 'query', 'key'];
  return [...batch, row === 'query' ? 'position' : row, column];
}

/**
 * Of a reshaped value: an axis that is split gives heads of channels, or rows of positions; axes that are joined are
 * positions, or channels of all heads.
 */
export function reshapedLabels(
  from: readonly number[],
  labels: readonly Label[],
  to: readonly number[],
): Label[] {
  const result: Label[] = [];
  let [i, k] = [0, 0];
  while (i < from.length && k < to.length) {
    const [firstIn, firstOut] = [i, k];
    let [inside, outside] = [from[i++]!, to[k++]!];
    while (inside !== outside) {
      if (inside < outside && i < from.length) inside *= from[i++]!;
      else if (inside > outside && k < to.length) outside *= to[k++]!;
      else return usualLabels(to.length);
    }
    result.push(...regrouped(labels.slice(firstIn, i), k - firstOut));
  }
  return result.length === to.length ? result : usualLabels(to.length);
}

function regrouped(labels: readonly Label[], count: number): Label[] {
  if (labels.length === count) return [...labels];
  if (count > 1) return split(labels, count);
  if (labels.includes('batch')) return ['batch'];
  return [labels.includes('channel') ? 'channel' : 'position'];
}

function split(labels: readonly Label[], count: number): Label[] {
  if (labels.length === 1 && labels[0] === 'position' && count === 2) return ['height', 'width'];
  const first: Label = labels.includes('batch') ? 'batch' : 'head';
  return [first, ...Array<Label>(count - 2).fill('head'), labels.at(-1)!];
}

/** As a hook point names them, which has the batch in front. */
export function axesOf(labels: readonly Label[]): Axis[] {
  return labels.map((label) => (label === 'batch' ? 'position' : label));
}
