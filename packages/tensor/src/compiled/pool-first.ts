/**
 * max-pool(relu(x)) = relu(max-pool(x)), and a gradient that comes back through both is as well masked before it goes
 * to the maxima as after: relu and its mask are then of as few values as the pool gives.
 */
import { inputsOf, kernelNode, nodesInOrder, type Graph, type KernelNode, type Value } from './graph.ts';
import { rewriteGraph } from './rewrite.ts';

/** @param graph simplified, so that equal nodes are one */
export function poolFirst(graph: Graph): Graph {
  const consumers = consumersOf(graph);
  const given = new Set(Object.values(graph.outputs));
  const pools = new Set<KernelNode>();
  const gradients = new Set<KernelNode>();
  for (const relu of consumers.keys()) {
    if (!isOf(relu, 'Relu') || given.has(relu)) continue;
    const [pool, ofGradient, more] = consumers.get(relu)!;
    if (pool?.kernel !== 'MaxPool' || more) continue;
    const masked = ofGradient && maskedGradient(ofGradient, relu, consumers);
    if (ofGradient && !masked) continue;
    pools.add(pool);
    if (masked) gradients.add(masked);
  }
  return rewriteGraph(graph, (node, inputs) => {
    if (pools.has(node)) return reluOfPool(node, inputs.x!);
    if (gradients.has(node)) return gradientOfMasked(inputs.dy!);
    return kernelNode(node.kernel, inputs, node.attributes, node.outputs).outputs;
  });
}

/** relu's gradient from the pool's, if that goes nowhere else. */
function maskedGradient(
  { kernel, inputs, outputs: [gradient] }: KernelNode,
  relu: Value,
  consumers: ReadonlyMap<Value, readonly KernelNode[]>,
): KernelNode | undefined {
  if (kernel !== 'MaxPoolGrad' || inputs.input !== relu) return undefined;
  const [masked, more] = consumers.get(gradient!) ?? [];
  if (masked?.kernel !== 'ReluGrad' || more) return undefined;
  return masked.inputs.dy === gradient && masked.inputs.x === inputOf(relu) ? masked : undefined;
}

function reluOfPool({ kernel, attributes, outputs }: KernelNode, relu: Value): readonly Value[] {
  const [pooled] = kernelNode(kernel, { x: inputOf(relu) }, attributes, outputs).outputs;
  return kernelNode('Relu', { x: pooled! }, {}, outputs).outputs;
}

/** @param gradient of the pool of relu, before the mask */
function gradientOfMasked(gradient: Value): readonly Value[] {
  const { kernel, inputs, attributes, outputs } = gradient.node as KernelNode;
  const { dy, input, output } = inputs as { dy: Value; input: Value; output: Value };
  const pooled = inputOf(output);
  const [masked] = kernelNode('ReluGrad', { dy, x: pooled }, {}, [pooled]).outputs;
  return kernelNode(kernel, { dy: masked!, input: inputOf(input), output: pooled }, attributes, outputs)
    .outputs;
}

function consumersOf(graph: Graph): Map<Value, KernelNode[]> {
  const consumers = new Map<Value, KernelNode[]>();
  for (const node of nodesInOrder(Object.values(graph.outputs)))
    if (node.kind === 'kernel')
      for (const input of new Set(inputsOf(node))) {
        const known = consumers.get(input);
        if (known) known.push(node);
        else consumers.set(input, [node]);
      }
  return consumers;
}

function isOf(value: Value, kernel: string): value is Value & { readonly node: KernelNode } {
  return value.node.kind === 'kernel' && value.node.kernel === kernel;
}

/** Of a kernel with one. */
function inputOf({ node }: Value): Value {
  return (node as KernelNode).inputs.x!;
}
