/**
 * The input gradient of a strided convolution. With stride s, the inputs of each phase (position modulo s) see their
 * own every s-th tap of the filter. The s² small convolutions run as one with s² times the channels, whose output is
 * then interleaved: https://arxiv.org/abs/1609.05158
 */
import { constantValues, type Value } from '../graph.ts';
import type { WindowAxis, Windows } from '../windows.ts';
import type { Lowering } from './lowering.ts';
import { convolutionAttributes } from './windows.ts';

/** With more channels than this, interleaving costs more than a transposed convolution. */
const mostPhaseChannels = 64;

/** Undefined where it would not pay, or the windows do not suit. @returns the planar gradient */
export function phasedInputGradient(
  dy: Value,
  filter: Value,
  windows: Windows,
  to: Lowering,
): string | undefined {
  const { axes, inChannels, outChannels } = windows;
  const [rows, columns] = axes as [WindowAxis, WindowAxis];
  const { stride } = rows;
  const phaseChannels = stride * stride * inChannels;
  if (axes.length !== 2 || columns.stride !== stride || axes.some(({ dilation }) => dilation !== 1))
    return undefined;
  if (filter.node.kind !== 'constant' || phaseChannels > mostPhaseChannels) return undefined;
  const phases = axes.map(phaseAxis);
  if (phases.some(({ after }) => after < 0)) return undefined;

  const taps = phases.map((phase) => phase.taps);
  const phaseFilter = to.constant(filter, `phases ${stride}`, [phaseChannels, outChannels, ...taps], () =>
    phaseFilterValues(filter, stride, taps as [number, number]),
  );
  const { onnx } = to;
  const attributes = convolutionAttributes({ ...windows, axes: phases });
  const mixed = onnx.node('Conv', [to.planar(dy), phaseFilter], attributes);
  const interleaved = onnx.node('DepthToSpace', [mixed], { blocksize: stride, mode: 'DCR' });
  return axes.reduce(
    (name, { before, input }, axis) => onnx.slice(name, axis + 2, before, before + input),
    interleaved,
  );
}

/** dy as each phase sees it: unstrided, padded so that every input, from the padded start on, is reached. */
function phaseAxis({ input, output, taps, stride, before }: WindowAxis): WindowAxis {
  const positions = Math.floor((input - 1 + before) / stride) + 1;
  const phaseTaps = Math.ceil(taps / stride);
  return {
    input: output,
    output: positions,
    taps: phaseTaps,
    stride: 1,
    dilation: 1,
    before: phaseTaps - 1,
    after: positions - output,
  };
}

/** [height, width, in, out] → [rowPhase · columnPhase · in, out, rowTaps, columnTaps], taps from last to first. */
function phaseFilterValues(filter: Value, stride: number, [rowTaps, columnTaps]: [number, number]) {
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const values = constantValues(filter)!;
  const phases = new Float32Array(stride * stride * inChannels * outChannels * rowTaps * columnTaps);
  let next = 0;
  for (let rowPhase = 0; rowPhase < stride; rowPhase++)
    for (let columnPhase = 0; columnPhase < stride; columnPhase++)
      for (let input = 0; input < inChannels; input++)
        for (let output = 0; output < outChannels; output++)
          for (let rowTap = rowTaps - 1; rowTap >= 0; rowTap--)
            for (let columnTap = columnTaps - 1; columnTap >= 0; columnTap--, next++) {
              const row = rowPhase + stride * rowTap;
              const column = columnPhase + stride * columnTap;
              if (row >= height || column >= width) continue;
              phases[next] = values[((row * width + column) * inChannels + input) * outChannels + output]!;
            }
  return phases;
}
