/** Windows as ONNX's convolutions and pools name them. */
import type { Attributes } from '../onnx/model.ts';
import type { WindowAxis, Windows } from '../windows.ts';

export function poolAttributes({ axes }: Windows): Attributes {
  return {
    kernel_shape: axes.map(({ taps }) => taps),
    strides: axes.map(({ stride }) => stride),
    pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
  };
}

export function convolutionAttributes(windows: Windows, group = 1): Attributes {
  return { ...poolAttributes(windows), dilations: windows.axes.map(({ dilation }) => dilation), group };
}

/** Those that make a transposed convolution give as many positions as the windows are laid over. */
export function transposedAttributes(windows: Windows, group = 1): Attributes {
  const output_padding = windows.axes.map(
    ({ input, output, taps, stride, dilation, before, after }) =>
      input - ((output - 1) * stride + (taps - 1) * dilation + 1 - before - after),
  );
  return { ...convolutionAttributes(windows, group), output_padding };
}

/** Zeros around dy, such that windows of stride 1 laid over it give one position per input. */
export function gradientPads({ input, output, taps, dilation, before }: WindowAxis): [number, number] {
  return [dilation * (taps - 1) - before, input - output + before];
}
