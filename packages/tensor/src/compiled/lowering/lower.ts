/** Turns a graph of tfjs kernels into an ONNX model. */
import { nodesInOrder, type Graph, type KernelNode } from '../graph.ts';
import type { OnnxModel } from '../onnx/model.ts';
import { arrangementLowerings } from './arrangement.ts';
import { convolutionLowerings } from './convolution.ts';
import { elementwiseLowerings } from './elementwise.ts';
import { indexingLowerings } from './indexing.ts';
import { Lowering, type Lower } from './lowering.ts';
import { matrixLowerings } from './matrix.ts';
import { normalizationLowerings } from './normalization.ts';
import { poolingLowerings } from './pooling.ts';
import { reductionLowerings } from './reduction.ts';
import { resizeLowerings } from './resize.ts';

/** By kernel: every kernel that has a shape rule. */
export const lowerings: Readonly<Record<string, Lower>> = {
  ...arrangementLowerings,
  ...convolutionLowerings,
  ...elementwiseLowerings,
  ...indexingLowerings,
  ...matrixLowerings,
  ...normalizationLowerings,
  ...poolingLowerings,
  ...reductionLowerings,
  ...resizeLowerings,
};

/** The model's inputs and outputs have the names of the graph's. */
export function lowerGraph(graph: Graph): OnnxModel {
  const to = new Lowering(graph);
  for (const input of graph.inputs) {
    const name = inputName(input.node.kind === 'input' ? input.node.name : '');
    to.onnx.inputs.push({ name, type: input.dtype, dims: input.shape });
    to.setNatural(input, name);
  }
  for (const node of nodesInOrder(Object.values(graph.outputs)))
    if (node.kind === 'kernel') lowerNode(node, to);
  for (const [name, value] of Object.entries(graph.outputs)) {
    const { shape, dtype } = value;
    to.onnx.nodes.push({
      operator: 'Identity',
      inputs: [to.natural(value)],
      outputs: [outputName(name)],
      attributes: {},
    });
    to.onnx.outputs.push({ name: outputName(name), type: dtype, dims: shape });
  }
  return to.onnx;
}

/** An input and an output may have the same name; in ONNX they may not. */
export const inputName = (name: string) => `in ${name}`;
export const outputName = (name: string) => `out ${name}`;

function lowerNode(node: KernelNode, to: Lowering): void {
  lowerings[node.kernel]!(node, to);
}
