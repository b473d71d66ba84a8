/** From an ONNX graph to one of ours, node by node. */
import type { tf } from '@fovea/tensor';
import { disposeWeights } from '../weights.ts';
import { callOf, nodeError, type Call } from './call.ts';
import { constantOperand, operandOf } from './constants.ts';
import { drawing } from './drawing.ts';
import { hooked } from './hook-points.ts';
import { hostResult } from './host-operators.ts';
import { UnsupportedOperatorError } from './onnx-errors.ts';
import type { OnnxGraph, OnnxNode } from './onnx-graph.ts';
import { rankOf, type Operand, type TensorValue } from './operand.ts';
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
  entering: ReadonlyMap<string, TensorValue>,
  fixedBatch?: number,
): Promise<Drawn> {
  const canvas = drawing(Math.max(1, ...[...entering.values()].map(({ shapes }) => shapes.length)));
  const values = new Map<string, Operand>(entering);
  try {
    for (const node of graph.nodes) {
      const initializers = node.inputs.filter((name) => checkpoint.tensors.has(name));
      for (const name of new Set(initializers)) {
        values.set(name, operandOf(name, checkpoint.tensors.get(name)!, await checkpoint.readStored(name)));
      }
      const operands = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
      const results = resultsOf(callOf({ node, opset: graph.opset, fixedBatch, operands }, canvas));
      node.outputs.forEach((name, index) => {
        if (name !== '') values.set(name, named(graph, node, name, results[index]));
      });
      // Their values are on the engine by now: another node that reads them has them read again.
      for (const name of initializers) values.delete(name);
    }
    const outputs = graph.outputs.map(({ name }): [string, Operand] => [name, values.get(name)!]);
    return { outputs: new Map(outputs), weights: canvas.weights };
  } catch (error) {
    disposeWeights(canvas.weights);
    throw error;
  }
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
): Operand {
  if (!value) throw new UnsupportedOperatorError(operator, opset, node, `its output "${name}" is asked for`);
  if (value.kind === 'host') return value;
  const isLogits = name === outputs[0]!.name && rankOf(value) === 2 && !afterLogits.has(operator);
  const hookNode = hooked(name, value, isLogits ? 'logits' : undefined);
  return hookNode ? { ...value, node: hookNode } : value;
}
