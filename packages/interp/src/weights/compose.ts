/** The weights between two layers by composing those of every operation between them. */
import { defaultNonlinearities, inOrder, type HookedModel, type Node, type RunContext } from '@fovea/models';
import { tf } from '@fovea/tensor';
import {
  concatenatedKernels,
  identityKernel,
  sumOfKernels,
  throughCentering,
  throughConvolution,
  throughGains,
  throughMatrix,
  throughMean,
  throughMeanOfAll,
  zeroKernel,
  type Kernel,
} from './kernel.ts';
import { isHeld, rolesOf } from './linear-operations.ts';
import { constant, gainAtZero, refuse, type Linearization } from './linearized-model.ts';

/** Which inputs of a node the weights go through; default all. */
export type Choice = (node: Node) => readonly Node[];

/**
 * The kernel from one node to another; undefined where the other does not depend on it. The caller's tidy frees what was
 * made on the way.
 * @throws WeightsError, NoCompositionError where an operation does not show its weights
 */
export function composedKernel(
  model: HookedModel,
  source: Node,
  target: Node,
  linearization: Linearization = {},
  choice: Choice = ({ inputs }) => inputs,
): Kernel | undefined {
  const order = inOrder([target]);
  const roles = rolesOf(order);
  const kernels = new Map<Node, Kernel>();
  for (const node of order) {
    if (node === source) {
      kernels.set(node, identityKernel(node.shape.at(-1)!));
      continue;
    }
    const chosen = choice(node);
    const inputs = node.inputs.map((input) => (chosen.includes(input) ? kernels.get(input) : undefined));
    const role = roles.get(node)!;
    const known = inputs.filter((input) => input !== undefined);
    if (known.length === 0 || isHeld(role)) continue;
    if (role === 'attention' && linearization.leaveOutAttention) continue;
    if (role === 'nonlinear' || role === 'attention') refuse(node);
    kernels.set(node, role === 'identity' ? known[0]! : throughNode(model, node, inputs, linearization));
  }
  return kernels.get(target);
}

/** An operation is linear, but only its gradient tells how. */
export class NoCompositionError extends Error {
  override readonly name = 'NoCompositionError';

  constructor(kind: string) {
    super(`"${kind}" does not show its weights`);
  }
}

function throughNode(
  model: HookedModel,
  node: Node,
  inputs: readonly (Kernel | undefined)[],
  { layerNormScales = {} }: Linearization,
): Kernel {
  const known = inputs.filter((input) => input !== undefined);
  const [first] = known as [Kernel, ...Kernel[]];
  const { operation } = node;
  const { kind, map, window } = operation;
  const [source] = node.inputs as [Node, ...Node[]];
  if (node.hook || operation.reshapes) return first;
  if (window?.filter) {
    const filter = model.weights.get(window.filter.name) as tf.Tensor4D;
    return throughConvolution(first, filter, window, extentOf(source));
  }
  if (window) return throughMean(first, window, extentOf(source));
  if (map) return throughMatrix(first, model.weights.get(map.weight.name) as tf.Tensor2D);
  if (operation.averages) return isSpatial(source) && !isSpatial(node) ? ofAll(first, node) : first;
  if (channelwise.has(kind) && node.inputs.length === 1) return throughGains(first, gainsOf(model, node));
  switch (kind) {
    case 'center':
      return throughCentering(first);
    case 'layer_norm':
      return throughGains(first, 1 / (layerNormScales[node.inputs[1]!.hook?.name ?? ''] ?? 1));
    case 'local_response_norm':
      return throughGains(first, gainAtZero(operation, node.shape.at(-1)!, contextOf(model)));
    case 'add':
    case 'global_response_norm':
      return sumOfKernels(known);
    case 'concat':
      return concatenatedKernels(
        inputs.map((input, index) => input ?? zeroKernel(first, node.inputs[index]!.shape.at(-1)!)),
      );
  }
  throw new NoCompositionError(kind);
}

/** Where they read one value, these multiply each channel by a number and add another. */
const channelwise: ReadonlySet<string> = new Set(
  'batch_norm affine layer_scale add sub mul div neg'.split(' '),
);

/** So large that what is added to it is rounded away in the difference to what is added to zero. */
const probe = 1024;

/** By what a channelwise operation multiplies: [channels]. */
function gainsOf(model: HookedModel, { operation, inputs: [source], shape }: Node): tf.Tensor {
  const channels = shape.at(-1)!;
  const given = source!.shape.map((_, axis) => (axis === source!.shape.length - 1 ? channels : 1));
  const answer = (value: number) => operation.compute([constant([1, ...given], value)], contextOf(model));
  const gains = answer(probe).sub(answer(0)).div(probe);
  // A number for each position as well is no convolution.
  if (gains.size !== channels) throw new NoCompositionError(operation.kind);
  return gains.reshape([channels]);
}

function contextOf({ weights }: HookedModel): RunContext {
  return { weights, nonlinearities: defaultNonlinearities };
}

function isSpatial({ axes }: Node): boolean {
  return axes[0] === 'height';
}

/** Flattening by `averages` keeps every position; a mean over positions leaves none. */
function ofAll(kernel: Kernel, { axes }: Node): Kernel {
  return axes.includes('position') ? kernel : throughMeanOfAll(kernel);
}

function extentOf({ shape }: Node): [number, number] {
  return [shape[0]!, shape[1]!];
}
