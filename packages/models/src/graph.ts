/**
 * A network before it runs: a graph of nodes, drawn once by an architecture's forward function.
 *
 * Everything that can be known without weights is read from the graph (tensors of the checkpoint, shapes,
 * receptive fields, hook points); a run evaluates just those nodes on which the wanted values depend.
 */
import type { tf } from '@fovea/tensor';
import type { Hook, Nonlinearities } from './hooked-model.ts';
import type { Field } from './receptive-field.ts';

/** Without batch: [height, width, channels] or [channels]. */
export type Shape = readonly number[];

/** Learned tensors in the engine's layout, by their name in the checkpoint. */
export type Weights = ReadonlyMap<string, tf.Tensor>;

export interface TensorSpec {
  /** Name in the checkpoint. */
  readonly name: string;
  /** Shape in the checkpoint, in PyTorch's layout: [out, in, height, width], [out, in] or [channels]. */
  readonly shape: readonly number[];
  /** Axes of the checkpoint's layout in the engine's order: OIHW → HWIO is [2, 3, 1, 0]. */
  readonly toEngine?: readonly number[];
}

export interface RunContext {
  readonly weights: Weights;
  readonly nonlinearities: Nonlinearities;
  readonly hook?: Hook;
}

export interface Operation {
  readonly kind: string;
  readonly tensors?: readonly TensorSpec[];
  compute(inputs: readonly tf.Tensor[], context: RunContext): tf.Tensor;
}

export interface Node {
  readonly operation: Operation;
  readonly inputs: readonly Node[];
  /** At the nominal input size. */
  readonly shape: Shape;
  /** Undefined once a value mixes all positions. */
  readonly field?: Field;
  /** Set on the nodes that `hook` makes. */
  readonly hook?: { readonly name: string; readonly kind: string };
}

/** Where the preprocessed image enters: [height, width, channels] at the nominal size. */
export function inputNode(shape: readonly [number, number, number]): Node {
  const alone = { start: 0, end: 0, stride: 1 };
  return {
    operation: {
      kind: 'input',
      compute: () => {
        throw new Error('The input is given to a run, not computed by it');
      },
    },
    inputs: [],
    shape,
    field: { height: alone, width: alone },
  };
}

/**
 * Names a value, so that it can be captured, replaced and stopped at. What a run's hook returns flows on.
 * @param kind what makes the value; by default the operation that does
 */
export function hook(name: string, value: Node, kind = value.operation.kind): Node {
  return {
    operation: {
      kind,
      compute: ([x], context) => context.hook?.(name, x!) ?? x!,
    },
    inputs: [value],
    shape: value.shape,
    field: value.field,
    hook: { name, kind },
  };
}

/** The nodes on which `roots` depend, themselves included, each after its inputs. */
export function inOrder(roots: readonly Node[]): Node[] {
  const ordered = new Set<Node>();
  const visit = (node: Node): void => {
    if (ordered.has(node)) return;
    node.inputs.forEach(visit);
    ordered.add(node);
  };
  roots.forEach(visit);
  return [...ordered];
}
