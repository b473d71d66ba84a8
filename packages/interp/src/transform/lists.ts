/** The lists of transforms that the field's tools apply by default, as data. */
import type { TransformExpression } from './expression.ts';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const times = <T>(count: number, items: readonly T[]) => range(0, count).flatMap(() => items);

/** Lucid's standard_transforms. */
const lucid: readonly TransformExpression[] = [
  { type: 'pad', width: 12, mode: 'constant', value: 0.5 },
  { type: 'jitter', distance: 8 },
  { type: 'randomScale', of: range(0, 11).map((index) => 1 + (index - 5) / 50) },
  { type: 'randomRotate', of: [...range(-10, 11), ...times(5, [0])] },
  { type: 'jitter', distance: 4 },
];

/** captum.optim moves an image and mirrors what enters; its size stays. */
function translate(distance: number): readonly TransformExpression[] {
  return [
    { type: 'pad', width: distance, mode: 'reflect' },
    { type: 'jitter', distance: 2 * distance },
  ];
}

/** captum.optim's TransformationRobustness. */
const captumOptim: readonly TransformExpression[] = [
  { type: 'pad', width: 2, mode: 'constant', value: 0.5 },
  ...times(10, translate(4)),
  {
    type: 'randomScale',
    of: [...range(-5, 80).map((n) => 0.995 ** n), ...times(2, range(20, 40)).map((n) => 0.998 ** n)],
  },
  { type: 'randomRotate', of: [...range(-20, 20), ...range(-10, 10), ...range(-5, 5), ...times(5, [0])] },
  ...translate(2),
];

/** Xplique's standard transformations, whose lengths are sixteenths of the picture's width. */
function xplique(width: number): readonly TransformExpression[] {
  const unit = Math.max(1, Math.floor(width / 16));
  return [
    { type: 'pad', width: 4 * unit, mode: 'constant', value: 0 },
    ...[2, 2, 4, 4, 4].map((units) => ({ type: 'jitter', distance: units * unit }) as const),
    { type: 'randomScaleRange', from: 0.92, to: 0.96 },
    { type: 'randomBlur', kernelSize: 10, from: 1, to: 1.1 },
    ...[1, 1].map((units) => ({ type: 'jitter', distance: units * unit }) as const),
    { type: 'randomFlip', horizontal: true, vertical: false },
    { type: 'resize' },
  ];
}

/** MaCo by Xplique: its noise of 0.08 is of values in [-1, 1]. */
const maco: readonly TransformExpression[] = [
  { type: 'randomCrops', crops: 32, boxFrom: 0.5, boxTo: 0.05, noise: 0.04 },
];

export type TransformListName = 'lucid' | 'captum-optim' | 'xplique' | 'maco' | 'none';

/** A picture with alpha is laid over random backgrounds first, whatever the list. */
export function transformList(
  name: TransformListName,
  { width, alpha }: { readonly width: number; readonly alpha: boolean },
): readonly TransformExpression[] {
  const lists = { lucid, 'captum-optim': captumOptim, xplique: xplique(width), maco, none: [] };
  return alpha ? [{ type: 'collapseAlphaRandom' }, ...lists[name]] : lists[name];
}
