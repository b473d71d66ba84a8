/** An ONNX model as data, and its building. https://onnx.ai/onnx/repo-docs/IR.html */

/** Types of tensors, by ONNX's names in lower case; with the numbers that ONNX gives them. */
export const tensorTypes = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 } as const;

export type TensorTypeName = keyof typeof tensorTypes;

export interface OnnxTensor {
  readonly type: TensorTypeName;
  readonly dims: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array | BigInt64Array;
}

/** A plain number is an integer. */
export type Attribute =
  number | readonly number[] | string | { readonly float: number } | { readonly tensor: OnnxTensor };

export type Attributes = Readonly<Record<string, Attribute>>;

export interface OnnxNode {
  readonly operator: string;
  /** An empty name leaves out an optional input. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

export interface Port {
  readonly name: string;
  readonly type: TensorTypeName;
  readonly dims: readonly number[];
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** ONNX writes the place before index 0 as any number below −length. */
const beforeStart = -(2 ** 31);

/** Collects nodes and initializers. The same node asked for twice is made once. */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers = new Map<string, OnnxTensor>();
  readonly inputs: Port[] = [];
  readonly outputs: Port[] = [];
  readonly #made = new Map<string, readonly string[]>();

  /** @returns the name of the node's output */
  node(operator: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.nodeOf(operator, inputs, attributes, 1)[0]!;
  }

  /** @returns the names of the node's outputs */
  nodeOf(
    operator: string,
    inputs: readonly string[],
    attributes: Attributes,
    outputs: number,
  ): readonly string[] {
    const key = JSON.stringify([operator, inputs, attributes, outputs]);
    const made = this.#made.get(key);
    if (made) return made;
    const names = Array.from({ length: outputs }, (_, index) => `${operator}_${this.nodes.length}_${index}`);
    this.nodes.push({ operator, inputs, outputs: names, attributes });
    this.#made.set(key, names);
    return names;
  }

  /** @param name of one content only */
  initializer(name: string, make: () => OnnxTensor): string {
    if (!this.initializers.has(name)) this.initializers.set(name, make());
    return name;
  }

  scalar(value: number, type: 'float32' | 'int32' | 'bool' = 'float32'): string {
    const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };
    return this.initializer(`${type} ${Object.is(value, -0) ? '-0' : value}`, () => ({
      type,
      dims: [],
      values: arrays[type].of(value),
    }));
  }

  /** A list of int64, as ONNX wants shapes, axes and pads. */
  integers(values: readonly number[]): string {
    return this.initializer(`integers ${values.join()}`, () => ({
      type: 'int64',
      dims: [values.length],
      values: BigInt64Array.from(values, BigInt),
    }));
  }

  zeros(dims: readonly number[], type: 'float32' | 'int32' = 'float32'): string {
    const values = type === 'float32' ? Float32Array.of(0) : Int32Array.of(0);
    const zero: OnnxTensor = { type, dims: [1], values };
    return this.node('ConstantOfShape', [this.integers(dims)], { value: { tensor: zero } });
  }

  reshape(name: string, dims: readonly number[]): string {
    return this.node('Reshape', [name, this.integers(dims)]);
  }

  transpose(name: string, permutation: readonly number[]): string {
    return this.node('Transpose', [name], { perm: permutation });
  }

  /** One axis from `begin` to before `end`, `step` > 0 at a time. */
  slice(name: string, axis: number, begin: number, end: number, step = 1): string {
    const lists = [[begin], [end], [axis], [step]].map((list) => this.integers(list));
    return this.node('Slice', [name, ...lists]);
  }

  /**
   * One axis from its last element to its first, `step` at a time. A part is cut out before it is turned: onnxruntime's
   * WebGPU begins at the end wherever a backward slice is told to begin.
   */
  backwards(name: string, axis: number, step = 1): string {
    const lists = [[-1], [beforeStart], [axis], [-step]].map((list) => this.integers(list));
    return this.node('Slice', [name, ...lists]);
  }

  /** @param before, after of each axis */
  pad(name: string, before: readonly number[], after: readonly number[], value: string): string {
    return this.node('Pad', [name, this.integers([...before, ...after]), value], { mode: 'constant' });
  }
}
