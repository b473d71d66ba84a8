/** From an ONNX graph to one of ours, node by node. */
import type { tf } from '@fovea/tensor';
import { disposeWeights } from '../weights.ts';
import { callOf, nodeError, type Call } from './call.ts';
import { constantOperand, operandOf } from './constants.ts';
import { drawing, type Drawing, type Entering } from './drawing.ts';
import { hooked } from './hook-points.ts';
import { hostResult } from './host-operators.ts';
import { UnsupportedOperatorError } from './onnx-errors.ts';
import type { OnnxGraph, OnnxNode } from './onnx-graph.ts';
import { rankOf, type Operand } from './operand.ts';
import { operators } from './operators.ts';
import type { OnnxFile } from './read-onnx.ts';

export interface Drawn {
  /** The graph's outputs by name. */
  readonly outputs: ReadonlyMap<string, Operand>;
  /** On the engine; the caller frees them. */
  readonly weights: ReadonlyMap<string, tf.Tensor>;
}

/**
 * @param entering the graph's inputs by name
 * @param fixedBatch the number of images for which the file was exported, if it was for one
 * @throws UnsupportedOperatorError, OnnxNodeError, NonFiniteWeightsError, any error of the reader
 */
export async function drawGraph(
  { graph, weights: checkpoint }: OnnxFile,
  entering: ReadonlyMap<string, Entering>,
  fixedBatch?: number,
): Promise<Drawn> {
  const canvas = drawing(Math.max(1, ...[...entering.values()].map(({ trials }) => trials.length)));
  const values = new Map<string, Operand>();
  const readsLeft = countReads(graph);
  try {
    for (const [name, value] of entering) values.set(name, canvas.enter(value));
    for (const node of graph.nodes) {
      const initializers = node.inputs.filter((name) => checkpoint.tensors.has(name) && !values.has(name));
      for (const name of new Set(initializers)) {
        values.set(name, operandOf(name, checkpoint.tensors.get(name)!, await checkpoint.readStored(name)));
      }
      const operands = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
      const results = resultsOf(callOf({ node, opset: graph.opset, fixedBatch, operands }, canvas));
      node.outputs.forEach((name, index) => {
        if (name !== '') values.set(name, named(graph, node, name, results[index], canvas));
      });
      // A weight that another node reads as well is read again: none is held beside its copy on the engine.
      for (const name of initializers) values.delete(name);
      for (const name of node.inputs) readsLeft.set(name, (readsLeft.get(name) ?? 0) - 1);
      for (const [name, left] of readsLeft) if (left <= 0) values.delete(name);
      canvas.forget(new Set([...values.values()].filter((value) => value.kind === 'tensor')));
    }
    const outputs = graph.outputs.map(({ name }): [string, Operand] => [name, values.get(name)!]);
    return { outputs: new Map(outputs), weights: canvas.weights };
  } catch (error) {
    disposeWeights(canvas.weights);
    throw error;
  } finally {
    canvas.forget(new Set());
  }
}

/** How often each value is read; the graph's outputs once more, after all. */
function countReads({ nodes, outputs }: OnnxGraph): Map<string, number> {
  const reads = new Map(nodes.flatMap((node) => node.outputs).map((name) => [name, 0]));
  for (const name of [...nodes.flatMap((node) => node.inputs), ...outputs.map((port) => port.name)]) {
    reads.set(name, (reads.get(name) ?? 0) + 1);
  }
  return reads;
}

function resultsOf(call: Call): readonly Operand[] {
  const { node, opset } = call;
  try {
    if (node.operator === 'Constant') return [constantOperand(call)];
    const numbers = hostResult(call);
    if (numbers) return [numbers];
    const operator = operators[node.operator];
    if (!operator) throw new UnsupportedOperatorError(node.operator, opset, node.name);
    const result = operator(call);
    return 'kind' in result ? [result] : result;
  } catch (error) {
    throw nodeError(node, error);
  }
}

/** Results of these are no logits, but what becomes of them. */
const afterLogits = new Set(['Softmax', 'LogSoftmax', 'Sigmoid']);

function named(
  { opset, outputs }: OnnxGraph,
  { name: node, operator }: OnnxNode,
  name: string,
  value: Operand | undefined,
  canvas: Drawing,
): Operand {
  if (!value) throw new UnsupportedOperatorError(operator, opset, node, `its output "${name}" is asked for`);
  if (value.kind === 'host') return value;
  const isLogits = name === outputs[0]!.name && rankOf(value) === 2 && !afterLogits.has(operator);
  const hookNode = hooked(name, value, isLogits ? 'logits' : undefined);
  return hookNode ? canvas.renamed(value, hookNode) : value;
}
