/**
 * A network before it runs: a graph of nodes, drawn once by an architecture's forward function.
 *
 * Everything that can be known without weights is read from the graph (tensors of the checkpoint, shapes,
 * receptive fields, hook points); a run evaluates just those nodes on which the wanted values depend.
 */
import type { tf } from '@fovea/tensor';
import { tapGradient } from './gradient-tap.ts';
import type { Axis, Hook, InputSpec, Nonlinearities } from './hooked-model.ts';
import type { Field } from './receptive-field.ts';
import type { Extent, WindowPadding } from './window.ts';

/** Without batch: [height, width, channels], [positions, channels], [channels], ... */
export type Shape = readonly number[];

/** Learned tensors in the engine's layout, by their name in the network. */
export type Weights = ReadonlyMap<string, tf.Tensor>;

export interface TensorSpec {
  /** Name in the network; a checkpoint's naming may differ (`naming.ts`). */
  readonly name: string;
  /** Shape in PyTorch's layout: [out, in, height, width], [out, in] or [channels]. */
  readonly shape: readonly number[];
  /** Axes of PyTorch's layout in the engine's order: OIHW → HWIO is [2, 3, 1, 0]. */
  readonly toEngine?: readonly number[];
}

/** A linear map of channels, the same at every position, apart from its bias. */
export interface ChannelMap {
  readonly weight: TensorSpec;
  readonly bias?: TensorSpec;
  /** Axis of the weight, in the engine's layout, that counts the channels of the result. */
  readonly outputAxis: number;
  /** The axis that counts the channels it reads; undefined where each output reads some of them only. */
  readonly inputAxis?: number;
  /** Whether it reads zeros beyond the edge of an image. */
  readonly padded: boolean;
}

/** How the window of a convolution or a pool slides over an image. */
export interface WindowGeometry {
  /** How far it reaches, in positions; what a dilation leaves out counts too. */
  readonly size: Extent;
  readonly stride: Extent;
  readonly padding: WindowPadding;
  /** Distance of neighbouring taps. Default 1. */
  readonly dilation?: Extent;
  /** Of channels that do not see each other. Default 1. */
  readonly groups?: number;
  /** The weights of a convolution, in the layout that `convolve` reads; a pool has none. */
  readonly filter?: TensorSpec;
}

export interface RunContext {
  readonly weights: Weights;
  readonly nonlinearities: Nonlinearities;
  readonly hook?: Hook;
  readonly gradientHook?: Hook;
}

export interface Operation {
  readonly kind: string;
  readonly tensors?: readonly TensorSpec[];
  /** Whether it only works on values as large as at the nominal input size: it has something learned of each place. */
  readonly fixedSize?: boolean;
  readonly window?: WindowGeometry;
  /** What follows tells apart what can be done to weights without changing the network (`weight-processing/`). */
  readonly map?: ChannelMap;
  /** The result holds the values as they are, in another shape. */
  readonly reshapes?: boolean;
  /** Each channel of the result is an average, over some positions, of the same channel. */
  readonly averages?: boolean;
  /** The tensors enter the result as they are, their last axis being the channels. */
  readonly inserts?: boolean;
  /** Added to a variance. */
  readonly epsilon?: number;
  compute(inputs: readonly tf.Tensor[], context: RunContext): tf.Tensor;
}

export interface Node {
  readonly operation: Operation;
  readonly inputs: readonly Node[];
  /** At the nominal input size. */
  readonly shape: Shape;
  /** What each axis of `shape` counts. */
  readonly axes: readonly Axis[];
  /** Undefined once a value mixes all positions. */
  readonly field?: Field;
  /** Set on the nodes that `hook` makes. */
  readonly hook?: { readonly name: string; readonly kind: string };
  /** Set on the nodes that `detour` makes. */
  readonly detour?: Detour;
}

/** A second way to the same value, through hook points that are too large to compute unasked. */
export interface Detour {
  readonly node: Node;
  /** The hook points for whose sake a run takes it. */
  readonly hooks: ReadonlySet<string>;
}

/** Where a value enters a network from outside. */
export function inputNode({ name, shape, axes }: InputSpec): Node {
  const alone = { start: 0, end: 0, stride: 1 };
  return {
    operation: {
      kind: 'input',
      compute: () => {
        throw new Error(`The input ${name} is given to a run, not computed by it`);
      },
    },
    inputs: [],
    shape,
    axes,
    ...(axes[0] === 'height' && { field: { height: alone, width: alone } }),
  };
}

const axesOfRank: Readonly<Record<number, readonly Axis[]>> = {
  0: [],
  1: ['channel'],
  2: ['position', 'channel'],
  3: ['height', 'width', 'channel'],
};

/** What the axes of a value count, where its operation does not say otherwise. */
export function usualAxes(shape: Shape): readonly Axis[] {
  const axes = axesOfRank[shape.length];
  if (!axes) throw new Error(`A value of shape [${shape.join(', ')}] must say what its axes count`);
  return axes;
}

/** A value that `operation` makes of `inputs`. Position by position unless `field` says otherwise. */
export function node(
  operation: Operation,
  inputs: readonly Node[],
  shape: Shape,
  { axes = usualAxes(shape), field }: { axes?: readonly Axis[]; field?: Field } = {},
): Node {
  return { operation, inputs, shape, axes, field };
}

/** A value of the same shape as `x`, computed at each position from what is there. */
export function pointwise(x: Node, operation: Operation, others: readonly Node[] = []): Node {
  return { operation, inputs: [x, ...others], shape: x.shape, axes: x.axes, field: x.field };
}

/**
 * Names a value, so that it can be captured, replaced and stopped at. What a run's hook returns flows on.
 * @param kind what makes the value; by default the operation that does
 */
export function hook(name: string, value: Node, kind = value.operation.kind): Node {
  return {
    operation: {
      kind,
      compute: ([x], { hook, gradientHook }) => {
        const seen = (isAsked(hook, name) && hook?.(name, x!)) || x!;
        return gradientHook && isAsked(gradientHook, name) ? tapGradient(name, seen, gradientHook) : seen;
      },
    },
    inputs: [value],
    shape: value.shape,
    axes: value.axes,
    field: value.field,
    hook: { name, kind },
  };
}

/** A hook that does not say which hook points it wants is shown all. */
export function isAsked(hook: Hook | undefined, name: string): boolean {
  return hook !== undefined && (hook.wants?.(name) ?? true);
}

/**
 * `direct`, unless a run asks for one of the hook points `hooks`, which lie on the way `around`.
 * Both must compute the same value.
 */
export function detour(direct: Node, around: Node, hooks: readonly string[]): Node {
  return { ...direct, detour: { node: around, hooks: new Set(hooks) } };
}

/** The nodes on which `roots` depend, themselves included, each after its inputs. */
export function inOrder(
  roots: readonly Node[],
  inputsOf: (node: Node) => readonly Node[] = ({ inputs }) => inputs,
): Node[] {
  const ordered = new Set<Node>();
  const entered = new Set<Node>();
  // A stack of our own: networks are deeper than the engine's.
  const stack = roots.toReversed();
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    if (ordered.has(node) || entered.has(node)) {
      ordered.add(node);
      stack.pop();
      continue;
    }
    entered.add(node);
    for (const input of inputsOf(node).toReversed()) if (!ordered.has(input)) stack.push(input);
  }
  return [...ordered];
}
