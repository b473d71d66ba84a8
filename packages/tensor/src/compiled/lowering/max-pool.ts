/**
 * Max-pools that have a gradient, one axis after the other: the first maximum of the first row that has the window's
 * maximum is the window's. It is found by comparison with the maxima. Max-pool with indices and scattering by them
 * takes onnxruntime longer, and its MaxUnpool is wrong where windows overlap.
 */
import type { Value } from '../graph.ts';
import type { OnnxBuilder } from '../onnx/model.ts';
import type { Windows } from '../windows.ts';
import { blockedPhases, fitsBlocks, type Pool } from './blocked-max-pool.ts';
import { toPlanar } from './layout.ts';
import type { Lowering } from './lowering.ts';

export interface Maxima {
  readonly maxima: string;
  /** Gives each window's gradient to the first of its maxima. @param dy planar */
  readonly gradient: (dy: string) => string;
}

export function maximaForGradient(x: Value, { axes }: Windows, to: Lowering): Maxima {
  const { onnx } = to;
  const pools: { readonly pool: Pool; readonly maxima: string }[] = [];
  // Filters multiply what they leave out by zero.
  const mayFilter = !isPaddedWithInfinity(x);
  let maxima = to.planar(x);
  let dims = toPlanar(x.shape);
  for (const [index, window] of [...axes.entries()].toReversed()) {
    const pool = { onnx, x: maxima, dims, axis: index + 2, window };
    maxima = maximaOfTaps(pool, window.taps);
    dims = dims.with(pool.axis, window.output);
    pools.push({ pool, maxima });
  }
  return {
    maxima,
    gradient: (dy) =>
      pools.reduceRight((ofPool, { pool, maxima }) => {
        const phases = mayFilter && fitsBlocks(pool) ? blockedPhases : phasesOfGifts;
        return interleaved(pool, phases(pool, maxima, ofPool));
      }, dy),
  };
}

function isPaddedWithInfinity({ node }: Value): boolean {
  return node.kind === 'kernel' && node.kernel === 'PadV2' && !Number.isFinite(node.attributes.constantValue);
}

/** The largest of the first taps of each window. */
function maximaOfTaps(pool: Pool, taps: number): string {
  const { onnx, x, dims, axis, window } = pool;
  const { input, output, stride, before } = window;
  const after = (output - 1) * stride + taps - before - input;
  // onnxruntime wants every window to reach beyond the padding.
  const padsItself = before < taps && after < taps;
  const padded = padsItself ? x : padAlong(pool, x, [before, after], lowest);
  const pads = padsItself ? [before, Math.max(after, 0)] : [0, 0];
  const along = (value: number, others: number) =>
    dims.slice(2).map((_, index) => (index + 2 === axis ? value : others));
  const maxima = onnx.node('MaxPool', [padded], {
    kernel_shape: along(taps, 1),
    strides: along(stride, 1),
    pads: pads.flatMap((pad) => along(pad, 0)),
  });
  const hasMore = padsItself && after <= -stride;
  return hasMore ? onnx.slice(maxima, axis, 0, output) : maxima;
}

/**
 * Gradients are made for positions apart by their phase, which is their place modulo the stride: the windows' gifts by
 * one tap go to neighbours in one phase.
 */
function interleaved({ onnx, dims, axis, window }: Pool, phases: readonly string[]): string {
  const { input, stride } = window;
  if (stride === 1) return phases[0]!;
  const length = Math.ceil(input / stride);
  const ofPhase = dims.with(axis, length).toSpliced(axis + 1, 0, 1);
  const columns = phases.map((phase) => onnx.reshape(phase, ofPhase));
  const together = onnx.node('Concat', columns, { axis: axis + 1 });
  const whole = onnx.reshape(together, dims.with(axis, length * stride));
  return length * stride === input ? whole : onnx.slice(whole, axis, 0, input);
}

function phasesOfGifts(pool: Pool, maxima: string, dy: string): string[] {
  const { onnx, dims, axis, window } = pool;
  const { input, output, stride, before } = window;
  const length = Math.ceil(input / stride);
  const phases = Array<string | undefined>(stride).fill(undefined);
  const gifts = stride === 1 ? giftsOfNeighbours(pool, maxima, dy) : giftsOfTaps(pool, maxima, dy);
  for (const [tap, gift] of gifts.entries()) {
    const shift = Math.floor((tap - before) / stride);
    const phase = tap - before - shift * stride;
    const moved = padAlong(pool, gift, [shift, length - output - shift], 0);
    phases[phase] = phases[phase] ? onnx.node('Add', [phases[phase], moved]) : moved;
  }
  return phases.map((phase) => phase ?? onnx.zeros(dims.with(axis, length)));
}

/** What the windows give by each tap. The last one gets what is left: it was a maximum, or nothing is. */
function giftsOfNeighbours(pool: Pool, maxima: string, dy: string): string[] {
  const { onnx, x, window } = pool;
  const { input, output, taps, before } = window;
  let left = dy;
  const gifts = Array.from({ length: taps - 1 }, (_, tap) => {
    const read = padAlong(pool, x, [before - tap, output + tap - before - input], lowest);
    const gift = whereEqual(read, maxima, left, onnx);
    left = onnx.node('Sub', [left, gift]);
    return gift;
  });
  return [...gifts, left];
}

/** The same without a strided read, which is slow: taps up to one get all if a maximum is among them. */
function giftsOfTaps(pool: Pool, maxima: string, dy: string): string[] {
  const { onnx, window } = pool;
  let given: string | undefined;
  return Array.from({ length: window.taps }, (_, tap) => {
    const upTo = tap === window.taps - 1 ? dy : whereEqual(maximaOfTaps(pool, tap + 1), maxima, dy, onnx);
    const gift = given === undefined ? upTo : onnx.node('Sub', [upTo, given]);
    given = upTo;
    return gift;
  });
}

/**
 * value where x = maxima, which are nowhere less than x, and zero elsewhere: Equal and Where take longer. Only
 * differences of less than 1e-38 are taken for equality.
 */
function whereEqual(x: string, maxima: string, value: string, onnx: OnnxBuilder): string {
  const difference = onnx.node('Sub', [x, maxima]);
  const mask = onnx.node('HardSigmoid', [difference], { alpha: { float: 1e38 }, beta: { float: 1 } });
  return onnx.node('Mul', [value, mask]);
}

/** Negative pads cut. */
function padAlong(
  { onnx, dims, axis }: Pool,
  name: string,
  [before, after]: readonly [number, number],
  value: number,
): string {
  if (before === 0 && after === 0) return name;
  const zeros = dims.map(() => 0);
  return onnx.pad(name, zeros.with(axis, before), zeros.with(axis, after), onnx.scalar(value));
}

/** Less than any maximum: padding never is one. */
const lowest = -3e38;
