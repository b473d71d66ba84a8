import * as tf from '@tensorflow/tfjs';
import { isSameShape, type KernelNode } from '../graph.ts';
import { splitSizes, stridedSliceInfo } from '../shapes/arrangement.ts';
import { areFormsAlike, hasPlanarForm, naturalOrder, planarOrder } from './layout.ts';
import type { Layout, Lower, Lowering } from './lowering.ts';

/** A kernel that works on each axis for itself, in the layout that x already has. */
const inLayoutOfX =
  (write: (x: string, layout: Layout, node: KernelNode, to: Lowering) => string): Lower =>
  (node, to) => {
    const x = node.inputs.x!;
    const layout = to.layoutFor(node.outputs[0]!, [x]);
    layout.write(node.outputs[0]!, write(layout.read(x), layout, node, to));
  };

const reshape: Lower = ({ inputs, outputs: [y] }, to) => {
  const x = inputs.x!;
  // Where both forms hold the same order of elements, either serves.
  const isPlanarGood = to.isPlanar(x) && areFormsAlike(x.shape);
  to.setNatural(y!, to.onnx.reshape(isPlanarGood ? to.planar(x) : to.natural(x), y!.shape));
};

const transpose: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const x = inputs.x!;
  const { perm } = attributes as unknown as tf.TransposeAttrs;
  const rank = x.shape.length;
  // A transposition to or from planar order is the other form of the same value.
  if (hasPlanarForm(x.shape) && isSameShape(perm, naturalOrder(rank))) to.setPlanar(y!, to.natural(x));
  else if (hasPlanarForm(x.shape) && isSameShape(perm, planarOrder(rank))) to.setNatural(y!, to.planar(x));
  else to.setNatural(y!, to.transposed(x, perm));
};

const broadcastTo: Lower = ({ inputs, outputs: [y] }, to) => {
  const layout = to.layoutFor(y!, [inputs.x!]);
  layout.write(
    y!,
    to.onnx.node('Expand', [layout.read(inputs.x!), to.onnx.integers(layout.arrange(y!.shape))]),
  );
};

const tile = inLayoutOfX((x, layout, { attributes }, { onnx }) =>
  onnx.node('Tile', [x, onnx.integers(layout.arrange(attributes.reps as number[]))]),
);

const reverse = inLayoutOfX((x, layout, { attributes, outputs: [y] }, { onnx }) => {
  const axes = tf.util.parseAxisParam(attributes.dims as number | number[], [...y!.shape]);
  return axes.reduce((name, axis) => onnx.backwards(name, layout.axis(axis)), x);
});

const padV2 = inLayoutOfX((x, layout, { attributes, outputs: [y] }, { onnx }) => {
  const { paddings, constantValue } = attributes as unknown as tf.PadV2Attrs;
  const pads = layout.arrange(paddings);
  const value = onnx.scalar(constantValue ?? 0, y!.dtype);
  return onnx.pad(
    x,
    pads.map(([before]) => before),
    pads.map(([, after]) => after),
    value,
  );
});

/** ONNX has no symmetric mode: there the mirrored borders are cut out and put on. */
const mirrorPad = inLayoutOfX((x, layout, { inputs, attributes }, { onnx }) => {
  const { paddings, mode } = attributes as unknown as tf.MirrorPadAttrs;
  if (mode === 'reflect') {
    const pads = layout.arrange(paddings);
    const lengths = onnx.integers([...pads.map(([before]) => before), ...pads.map(([, after]) => after)]);
    return onnx.node('Pad', [x, lengths], { mode: 'reflect' });
  }
  return paddings.reduce((name, [before, after], natural) => {
    if (before === 0 && after === 0) return name;
    const axis = layout.axis(natural);
    const length = inputs.x!.shape[natural]!;
    const head = onnx.backwards(onnx.slice(name, axis, 0, before), axis);
    const tail = onnx.backwards(onnx.slice(name, axis, length - after, length), axis);
    const parts = [...(before > 0 ? [head] : []), name, ...(after > 0 ? [tail] : [])];
    return onnx.node('Concat', parts, { axis });
  }, x);
});

const slice = inLayoutOfX((x, layout, { inputs, attributes, outputs: [y] }, { onnx }) => {
  const { begin, size } = attributes as unknown as tf.SliceAttrs;
  const image = inputs.x as unknown as tf.TensorInfo;
  const [from] = tf.slice_util.parseSliceParams(image, begin, size) as [number[], number[]];
  return from.reduce(
    (name, start, axis) =>
      y!.shape[axis] === inputs.x!.shape[axis]
        ? name
        : onnx.slice(name, layout.axis(axis), start, start + y!.shape[axis]!),
    x,
  );
});

const stridedSlice: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const x = inputs.x!;
  const info = stridedSliceInfo(x.shape, attributes as unknown as tf.StridedSliceAttrs);
  const cut = info.begin.reduce((name, begin, axis) => {
    const step = info.strides[axis]!;
    const end = info.end[axis]!;
    if (step > 0) return to.onnx.slice(name, axis, begin, end, step);
    return to.onnx.backwards(to.onnx.slice(name, axis, end + 1, begin + 1), axis, -step);
  }, to.natural(x));
  to.setNatural(y!, to.onnx.reshape(cut, y!.shape));
};

const concat: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const parts = Object.values(inputs);
  const layout = to.layoutFor(y!, parts);
  const [axis] = tf.util.parseAxisParam(attributes.axis as number, [...y!.shape]) as [number];
  // An empty part has no elements in any layout, and some operators of onnxruntime refuse it.
  const names = parts.filter(({ shape }) => !shape.includes(0)).map((part) => layout.read(part));
  layout.write(y!, to.onnx.node('Concat', names, { axis: layout.axis(axis) }));
};

const split: Lower = ({ inputs, attributes, outputs }, to) => {
  const x = inputs.x!;
  const { numOrSizeSplits, axis } = attributes as unknown as tf.SplitVAttrs;
  const [along] = tf.util.parseAxisParam(axis, [...x.shape]) as [number];
  const layout = to.layoutFor(outputs[0]!, [x]);
  const sizes = to.onnx.integers(splitSizes(x.shape, numOrSizeSplits, axis));
  const names = to.onnx.nodeOf(
    'Split',
    [layout.read(x), sizes],
    { axis: layout.axis(along) },
    outputs.length,
  );
  for (const [index, output] of outputs.entries()) layout.write(output, names[index]!);
};

const depthToSpace: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const blocksize = attributes.blockSize as number;
  to.setPlanar(y!, to.onnx.node('DepthToSpace', [to.planar(inputs.x!)], { blocksize, mode: 'DCR' }));
};

export const arrangementLowerings: Readonly<Record<string, Lower>> = {
  BroadcastTo: broadcastTo,
  Concat: concat,
  DepthToSpace: depthToSpace,
  MirrorPad: mirrorPad,
  PadV2: padV2,
  Reshape: reshape,
  Reverse: reverse,
  Slice: slice,
  SplitV: split,
  StridedSlice: stridedSlice,
  Tile: tile,
  Transpose: transpose,
};
