/** The outputs of an ONNX graph's nodes as hook points: [batch, ...], whatever the axis of the batch there. */
import type { Axis } from '../hooked-model.ts';
import { detour, hook, type Node } from '../graph.ts';
import { axesOf } from './labels.ts';
import { orderOf, type TensorValue } from './operand.ts';

/**
 * A node that hands the value on and shows it to hooks under `name`; undefined where it does not have one part for
 * each image.
 */
export function hooked(name: string, value: TensorValue, kind = value.node.operation.kind): Node | undefined {
  const axis = batchAxis(value);
  if (axis === undefined) return undefined;
  if (axis === 0) return hook(name, value.node, kind);
  return detour(value.node, around(name, value, axis, kind), [name]);
}

/** Where the engine keeps the images: the one axis whose length is their number. */
function batchAxis({ shapes, layout }: TensorValue): number | undefined {
  const [one, two] = shapes;
  if (!one || !two) return 0;
  const growing = one.flatMap((length, axis) => (length === two[axis] ? [] : [axis]));
  const [axis] = growing;
  if (axis === undefined || growing.length > 1 || one[axis] !== 1 || two[axis] !== 2) return undefined;
  return orderOf[layout](one.length).indexOf(axis);
}

/** The value with the images in front, shown to hooks, and back in its own order: taken only if asked for. */
function around(name: string, value: TensorValue, axis: number, kind: string): Node {
  const rank = value.labels.length;
  const others = Array.from({ length: rank }, (_, each) => each).filter((each) => each !== axis);
  const order = [axis, ...others];
  const shape = value.shapes[0]!;
  const engineShape = orderOf[value.layout](rank).map((each) => shape[each]!);
  const axes: Axis[] = axesOf(others.map((each) => value.labels[each]!));
  const front = hook(
    name,
    {
      operation: { kind, compute: ([x]) => x!.transpose(order) },
      inputs: [value.node],
      shape: others.map((each) => engineShape[each]!),
      axes,
    },
    kind,
  );
  return {
    ...value.node,
    operation: {
      kind: 'transpose',
      compute: ([x]) => x!.transpose(order.map((_, each) => order.indexOf(each))),
    },
    inputs: [front],
  };
}
