/**
 * Which pixels of the input a position of a layer sees, computed from the windows on the way to it
 * (Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019).
 */
import type { ReceptiveField } from './hooked-model.ts';

/** Along one axis, position i sees the input pixels from `start + i·stride` to `end + i·stride`, inclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly stride: number;
}

export interface Field {
  readonly height: Span;
  readonly width: Span;
}

/** What a position sees through a window of `size` positions that begins `padding` positions before the edge. */
export function throughWindow(span: Span, size: number, stride: number, padding: number): Span {
  const first = span.start - padding * span.stride;
  return {
    start: first,
    end: first + (size - 1) * span.stride + (span.end - span.start),
    stride: span.stride * stride,
  };
}

/** What a position sees of several values of equal stride, such as the branches of a concatenation. */
export function union(fields: readonly (Field | undefined)[]): Field | undefined {
  const known = fields.filter((field) => field !== undefined);
  if (known.length < fields.length || known.length === 0) return undefined;
  const hull = (spans: Span[]): Span => ({
    start: Math.min(...spans.map((span) => span.start)),
    end: Math.max(...spans.map((span) => span.end)),
    stride: spans[0]!.stride,
  });
  return { height: hull(known.map((field) => field.height)), width: hull(known.map((field) => field.width)) };
}

/** The longer axis of a field, which is square everywhere but inside pairs such as 1×7 and 7×1. */
export function receptiveField(field: Field): ReceptiveField {
  const { height, width } = field;
  const longer = height.end - height.start >= width.end - width.start ? height : width;
  return {
    size: longer.end - longer.start + 1,
    stride: longer.stride,
    offset: (longer.start + longer.end) / 2,
  };
}
