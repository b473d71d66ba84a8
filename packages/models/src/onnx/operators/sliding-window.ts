/** The windows of convolutions and pools, as ONNX describes them. */
import type { Field } from '../../receptive-field.ts';
import { throughWindow } from '../../receptive-field.ts';
import type { Edges } from '../../window.ts';
import { edges } from '../../window.ts';
import type { Call } from '../call.ts';

type Pair = readonly [number, number];

export interface SlidingWindow {
  readonly size: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  /** How far it reaches, with its gaps. */
  readonly reach: Pair;
  /** Whether a last, incomplete window counts. */
  readonly ceil: boolean;
  /** Around an input of [height, width]; without what `ceil` adds. */
  readonly padding: (input: Pair) => Edges;
}

/** @param size where the operator knows it from its weights */
export function slidingWindow(call: Call, size = pairOf(call, 'kernel_shape')): SlidingWindow {
  if (!size) return call.refuse('it does not give its kernel_shape');
  const stride = pairOf(call, 'strides') ?? [1, 1];
  const dilation = pairOf(call, 'dilations') ?? [1, 1];
  if ([...size, ...stride, ...dilation].some((length) => !(length >= 1))) {
    call.refuse(
      `a window of ${size.join('×')}, stride ${stride.join('×')}, dilation ${dilation.join('×')} is none`,
    );
  }
  const reach: Pair = [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
  const padding = paddingOf(call, reach, stride);
  return { size, stride, dilation, reach, ceil: call.int('ceil_mode', 0) === 1, padding };
}

export function pairOf(call: Call, name: string): Pair | undefined {
  const values = call.ints(name);
  if (values === undefined) return undefined;
  if (values.length !== 2)
    return call.refuse(`${name} is [${values.join(', ')}]: only images, of two axes, are supported`);
  return [values[0]!, values[1]!];
}

function paddingOf(call: Call, reach: Pair, stride: Pair): (input: Pair) => Edges {
  const mode = call.text('auto_pad', 'NOTSET');
  switch (mode) {
    case 'SAME_UPPER':
      return (input) => edges(input, reach, stride, 'same');
    case 'SAME_LOWER':
      return (input) => {
        const [top, bottom, left, right] = edges(input, reach, stride, 'same');
        return [bottom, top, right, left];
      };
    case 'VALID':
      return () => [0, 0, 0, 0];
    case 'NOTSET': {
      const [top = 0, left = 0, bottom = 0, right = 0] = call.ints('pads') ?? [];
      if ([top, left, bottom, right].some((length) => length < 0)) call.refuse('its pads are negative');
      return () => [top, bottom, left, right];
    }
    default:
      return call.refuse(`auto_pad is ${mode}`);
  }
}

/** What `ceil` adds at the end. PyTorch's rule, which ONNX shares: no window begins in the padding at the end. */
export function ceilEdges({ reach, stride, ceil, padding }: SlidingWindow, input: Pair): Edges {
  const [top, bottom, left, right] = padding(input);
  if (!ceil) return [top, bottom, left, right];
  const more = (length: number, before: number, after: number, axis: 0 | 1): number => {
    const padded = length + before + after - reach[axis];
    let last = Math.ceil(padded / stride[axis]);
    if (last * stride[axis] >= length + before) last--;
    return Math.max(0, last * stride[axis] - padded);
  };
  return [top, bottom + more(input[0], top, bottom, 0), left, right + more(input[1], left, right, 1)];
}

/** @param input at the nominal size */
export function fieldThrough(
  field: Field | undefined,
  { reach, stride, padding }: SlidingWindow,
  input: Pair,
): Field | undefined {
  if (!field) return undefined;
  const [top, , left] = padding(input);
  return {
    height: throughWindow(field.height, reach[0], stride[0], top),
    width: throughWindow(field.width, reach[1], stride[1], left),
  };
}
