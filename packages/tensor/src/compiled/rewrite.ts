import { nodesInOrder, type Graph, type KernelNode, type Value } from './graph.ts';

/**
 * A graph with the same results, made anew from its inputs on. What no output needs is left behind.
 * @param replace gives the values that take the place of a kernel's outputs, from inputs that are new already
 * @param leaf gives what takes the place of an input or a constant
 */
export function rewriteGraph(
  graph: Graph,
  replace: (node: KernelNode, inputs: Readonly<Record<string, Value>>) => readonly Value[],
  leaf: (value: Value) => Value = (value) => value,
): Graph {
  const replaced = new Map<Value, Value>();
  for (const node of nodesInOrder(Object.values(graph.outputs))) {
    const values =
      node.kind === 'kernel'
        ? replace(
            node,
            mapInputs(node, (input) => replaced.get(input)!),
          )
        : node.outputs.map(leaf);
    for (const [index, output] of node.outputs.entries()) replaced.set(output, values[index]!);
  }
  const outputs = Object.entries(graph.outputs).map(([name, value]) => [name, replaced.get(value)!]);
  return { inputs: graph.inputs, outputs: Object.fromEntries(outputs) as Record<string, Value> };
}

function mapInputs({ inputs }: KernelNode, map: (value: Value) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, map(value)]));
}
