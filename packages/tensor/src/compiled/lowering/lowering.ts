/** What a kernel's lowering works with: the ONNX model so far, and where it holds each value of the graph. */
import {
  constantValues,
  nodesInOrder,
  inputsOf,
  uniformOf,
  type Graph,
  type KernelNode,
  type Value,
  type Values,
} from '../graph.ts';
import { OnnxBuilder } from '../onnx/model.ts';
import {
  areFormsAlike,
  hasPlanarForm,
  naturalOrder,
  permutedValues,
  planarAxis,
  planarOrder,
  planarValues,
  toPlanar,
} from './layout.ts';

/** Writes what a kernel does into the model. */
export type Lower = (node: KernelNode, to: Lowering) => void;

/** The layout that an operation works in, so that it fits what its inputs already are. */
export interface Layout {
  /** Where an axis of tfjs lies. */
  axis(axis: number): number;
  /** A list with one item per axis of tfjs, in the layout's order. */
  arrange<T>(list: readonly T[]): T[];
  /** A value in this layout; one of lower rank gets leading axes of length 1. */
  read(value: Value): string;
  write(value: Value, name: string): void;
}

export class Lowering {
  readonly onnx = new OnnxBuilder();
  readonly #names = new Map<Value, { natural?: string; planar?: string }>();
  readonly #consumers = new Map<Value, KernelNode[]>();
  readonly #constants = new Map<Value, string>();

  constructor(graph: Graph) {
    for (const node of nodesInOrder(Object.values(graph.outputs)))
      if (node.kind === 'kernel') for (const input of inputsOf(node)) this.#addConsumer(input, node);
  }

  consumers(value: Value): readonly KernelNode[] {
    return this.#consumers.get(value) ?? [];
  }

  /** Name of the value as tfjs sees it. */
  natural(value: Value): string {
    const names = this.#namesOf(value);
    names.natural ??=
      value.node.kind === 'constant'
        ? this.constant(value, 'natural', value.shape, (values) => values)
        : this.#naturalFrom(names.planar!, value);
    return names.natural;
  }

  /** Name of the value with channels first. */
  planar(value: Value): string {
    const names = this.#namesOf(value);
    names.planar ??=
      value.node.kind === 'constant'
        ? this.constant(value, 'planar', toPlanar(value.shape), (values) => planarValues(values, value.shape))
        : this.#planarFrom(names.natural!, value.shape);
    return names.planar;
  }

  /** Whether the model holds the value with channels first already. */
  isPlanar(value: Value): boolean {
    return this.#names.get(value)?.planar !== undefined;
  }

  /** Whether the node that gives the value has been lowered. */
  isWritten(value: Value): boolean {
    return this.#names.has(value);
  }

  setNatural(value: Value, name: string): void {
    this.#namesOf(value).natural = name;
  }

  setPlanar(value: Value, name: string): void {
    this.#namesOf(value).planar = name;
  }

  /** The values of a constant in some form of their own; each form is made once. */
  constant(value: Value, form: string, dims: readonly number[], make: (values: Values) => Values): string {
    let name = this.#constants.get(value);
    if (name === undefined) this.#constants.set(value, (name = `constant ${this.#constants.size}`));
    return this.onnx.initializer(`${name} ${form}`, () => ({
      type: value.dtype,
      dims,
      values: make(constantValues(value)!),
    }));
  }

  /** A permutation of a value's axes; of a constant it is made once, here. */
  transposed(value: Value, permutation: readonly number[]): string {
    if (value.node.kind !== 'constant') return this.onnx.transpose(this.natural(value), permutation);
    const dims = permutation.map((axis) => value.shape[axis]!);
    return this.constant(value, `transposed ${permutation.join()}`, dims, (values) =>
      permutedValues(values, value.shape, permutation),
    );
  }

  /** Planar if one of the operands, of the result's rank, is so already. */
  layoutFor(result: Value, operands: readonly Value[]): Layout {
    const rank = result.shape.length;
    const planar =
      hasPlanarForm(result.shape) &&
      operands.some((value) => value.shape.length === rank && this.isPlanar(value));
    return planar ? this.planarLayout(rank) : this.naturalLayout();
  }

  naturalLayout(): Layout {
    return {
      axis: (axis) => axis,
      arrange: (list) => [...list],
      read: (value) => this.natural(value),
      write: (value, name) => this.setNatural(value, name),
    };
  }

  planarLayout(rank: number): Layout {
    return {
      axis: (axis) => planarAxis(axis, rank),
      arrange: toPlanar,
      read: (value) => this.#planarOfRank(value, rank),
      write: (value, name) => this.setPlanar(value, name),
    };
  }

  #planarOfRank(value: Value, rank: number): string {
    if (value.shape.length === rank) return this.planar(value);
    if (value.shape.length === 0) return this.natural(value);
    const shape = [...Array<number>(rank - value.shape.length).fill(1), ...value.shape];
    if (value.node.kind === 'constant')
      return this.constant(value, `planar ${rank}`, toPlanar(shape), (values) => planarValues(values, shape));
    return this.#planarFrom(this.onnx.reshape(this.natural(value), shape), shape);
  }

  #planarFrom(natural: string, shape: readonly number[]): string {
    return areFormsAlike(shape)
      ? this.onnx.reshape(natural, toPlanar(shape))
      : this.onnx.transpose(natural, planarOrder(shape.length));
  }

  #naturalFrom(planar: string, { shape }: Value): string {
    return areFormsAlike(shape)
      ? this.onnx.reshape(planar, shape)
      : this.onnx.transpose(planar, naturalOrder(shape.length));
  }

  #namesOf(value: Value): { natural?: string; planar?: string } {
    let names = this.#names.get(value);
    if (!names) this.#names.set(value, (names = {}));
    return names;
  }

  #addConsumer(value: Value, node: KernelNode): void {
    const known = this.#consumers.get(value);
    if (known) known.push(node);
    else this.#consumers.set(value, [node]);
  }
}

/** A uniform constant needs no elements where another operand gives the result its shape. */
export function scalarOf(value: Value, to: Lowering): string | undefined {
  const uniform = uniformOf(value);
  return uniform === undefined ? undefined : to.onnx.scalar(uniform, value.dtype);
}
