/**
 * The gradient of a max-pool along one axis by depthwise convolutions with fixed filters. They select, shift and
 * subtract, and onnxruntime computes them in its blocked layout, with an addition and a comparison in the same pass.
 * The operators that would be natural here leave that layout, and pass over memory twice as often.
 */
import type { OnnxBuilder } from '../onnx/model.ts';
import type { WindowAxis } from '../windows.ts';

/** Windows along one axis of a planar tensor. */
export interface Pool {
  readonly onnx: OnnxBuilder;
  readonly x: string;
  readonly dims: readonly number[];
  readonly axis: number;
  readonly window: WindowAxis;
}

/** onnxruntime has blocks of 8 or of 16 channels, by the processor. */
const blockChannels = 16;

/** Whether blocks are full, and of all taps only the first may lie before the input, and only the last behind it. */
export function fitsBlocks({ dims, window }: Pool): boolean {
  const { input, output, taps, stride, before } = window;
  const lastOfOthers = (output - 1) * stride + taps - 2 - before;
  return (
    dims.length === 4 &&
    dims[1]! % blockChannels === 0 &&
    taps > 1 &&
    taps >= stride &&
    before <= 1 &&
    lastOfOthers < input &&
    output <= Math.ceil(input / stride)
  );
}

/**
 * Each window's dy for the first of its maxima.
 * @returns for each place modulo the stride the gradients of the positions there
 */
export function blockedPhases(pool: Pool, maxima: string, dy: string): string[] {
  const { input, output, taps, stride, before } = pool.window;
  const terms: Term[][] = Array.from({ length: stride }, () => []);
  const ofWindows = (name: string, offset = 0, weight = 1): Term => ({
    name,
    length: output,
    offset,
    weight,
  });
  const give = (name: string, tap: number, weight: number) => {
    const shift = Math.floor((tap - before) / stride);
    terms[tap - before - shift * stride]!.push(ofWindows(name, -shift, weight));
  };
  // At a stride dy comes out of an interleaving or the like: a convolution brings it into blocks.
  if (stride > 1) dy = filtered(pool, output, [ofWindows(dy)]);
  /** What the windows have not given to the taps so far. */
  let left = dy;
  for (let tap = 0; tap < taps - 1; tap++) {
    if (tap < before) {
      const gift = giftToPadded(pool, maxima, dy);
      terms[stride - 1]!.push(ofWindows(gift));
      left = sum(pool, output, [ofWindows(left), ofWindows(gift, -1, -1)]);
    } else {
      give(left, tap, 1);
      const read: Term = { name: pool.x, length: input, offset: tap - before, weight: -1, stride };
      left = pool.onnx.node('Mul', [left, step(pool, sum(pool, output, [ofWindows(maxima), read]), 0)]);
      give(left, tap, -1);
    }
  }
  give(left, taps - 1, 1);
  return terms.map((ofPhase) => sum(pool, Math.ceil(input / stride), ofPhase));
}

/**
 * What windows give to their first tap, which for the first window is padding. Each is told by the window before it,
 * so that the first tells nothing, and the last tells of a window that is not there and has no dy.
 */
function giftToPadded(pool: Pool, maxima: string, dy: string): string {
  const { input, output, stride } = pool.window;
  const ofNext = (name: string, weight: number): Term => ({ name, length: output, offset: 1, weight });
  const read: Term = { name: pool.x, length: input, offset: stride - 1, weight: 1, stride };
  const mask = step(pool, sum(pool, output, [read, ofNext(maxima, -1)]), 1);
  return pool.onnx.node('Mul', [sum(pool, output, [ofNext(dy, 1)]), mask]);
}

/** 1 where x > −at / 1e38, else 0: of a difference that is nowhere negative, or with `at` 1 nowhere positive. */
function step({ onnx }: Pool, x: string, at: 0 | 1): string {
  return onnx.node('HardSigmoid', [x], { alpha: { float: 1e38 }, beta: { float: at } });
}

/** weight · tensor[stride · i + offset] along the axis, zero outside. */
interface Term {
  readonly name: string;
  /** Along the axis. */
  readonly length: number;
  readonly offset: number;
  readonly weight: number;
  readonly stride?: number;
}

/** Of some terms, `length` long; one convolution for each tensor, but none for one that is added as it is. */
function sum(pool: Pool, length: number, terms: readonly Term[]): string {
  const byTensor = Object.values(Object.groupBy(terms, ({ name }) => name)).map((group) => group!);
  const parts = byTensor.map((group) =>
    group.length === 1 && isPlain(group[0]!, length)
      ? { isPlain: true, name: group[0]!.name }
      : { isPlain: false, name: filtered(pool, length, group) },
  );
  // A convolution adds what is there already.
  const inOrder = parts.toSorted((a, b) => Number(b.isPlain) - Number(a.isPlain)).map(({ name }) => name);
  return inOrder.reduce((total, name) => pool.onnx.node('Add', [name, total]));
}

function isPlain({ length: own, offset, weight, stride = 1 }: Term, length: number): boolean {
  return own === length && offset === 0 && weight === 1 && stride === 1;
}

/** The terms of one tensor. */
function filtered({ onnx, dims, axis }: Pool, length: number, terms: readonly Term[]): string {
  const { name, length: own, stride = 1 } = terms[0]!;
  const offsets = terms.map(({ offset }) => offset);
  const before = Math.max(0, -Math.min(...offsets));
  const reach = Math.max(0, ...offsets) + before + 1;
  const after = (length - 1) * stride + reach - before - own;
  // What convolution leaves out at the end is less than a stride: more is taken in, with no weight.
  const weights = Array<number>(reach + Math.max(0, -after - stride + 1)).fill(0);
  for (const { offset, weight } of terms) weights[offset + before]! += weight;
  const along = (value: number, other: number) => (axis === 2 ? [value, other] : [other, value]);
  const channels = dims[1]!;
  const filter = onnx.initializer(`depthwise ${axis} ${channels} ${weights.join()}`, () => ({
    type: 'float32',
    dims: [channels, 1, ...along(weights.length, 1)],
    values: Float32Array.from(
      { length: channels * weights.length },
      (_, index) => weights[index % weights.length]!,
    ),
  }));
  return onnx.node('Conv', [name, filter], {
    kernel_shape: along(weights.length, 1),
    strides: along(stride, 1),
    pads: [...along(before, 0), ...along(Math.max(0, after), 0)],
    group: channels,
  });
}
