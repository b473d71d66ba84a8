import { node, type Node } from '../graph.ts';

/** Channels `start` to `start + count`: [..., channels] → [..., count]. */
export function channelRange(x: Node, start: number, count: number): Node {
  return node(
    {
      kind: 'slice',
      compute: ([value]) => {
        const whole = value!.shape.slice(0, -1);
        return value!.slice([...whole.map(() => 0), start], [...whole, count]);
      },
    },
    [x],
    [...x.shape.slice(0, -1), count],
    { axes: x.axes, field: x.field },
  );
}
