import { inputsOf, nodesInOrder, sizeOf, type Graph, type Value } from './graph.ts';

const bytesPerElement = { float32: 4, int32: 4, bool: 1 } as const;

/** Bytes of the values that are needed at one time at most, if each is freed after its last use. */
export function peakBytes(graph: Graph): number {
  const order = nodesInOrder(Object.values(graph.outputs));
  const lastUse = new Map<Value, number>();
  for (const [place, node] of order.entries()) for (const input of inputsOf(node)) lastUse.set(input, place);
  for (const output of Object.values(graph.outputs)) lastUse.set(output, order.length);
  let live = 0;
  let peak = 0;
  for (const [place, node] of order.entries()) {
    if (node.kind === 'constant') continue;
    for (const output of node.outputs) live += bytesOf(output);
    peak = Math.max(peak, live);
    const ended = [...inputsOf(node), ...node.outputs].filter(
      (value) => value.node.kind !== 'constant' && (lastUse.get(value) ?? place) <= place,
    );
    for (const value of new Set(ended)) live -= bytesOf(value);
  }
  return peak;
}

function bytesOf({ shape, dtype }: Value): number {
  return sizeOf(shape) * bytesPerElement[dtype];
}
