/**
 * A backend of tfjs whose tensors have no values: each is a value of a graph, and running a kernel adds a node. tfjs's
 * ops, its tape and its gradient functions work on it unchanged, because none of them reads values.
 */
import * as tf from '@tensorflow/tfjs';
import { SymbolicValueError } from './errors.ts';
import {
  constantValue,
  constantValues,
  inputValue,
  isSameShape,
  kernelNode,
  type DType,
  type Value,
  type Values,
} from './graph.ts';

export const symbolicBackendName = 'symbolic';

/** A tensor of another backend that the traced function met. In the graph it is an input. */
export interface ForeignTensor {
  readonly value: Value;
  readonly read: () => Promise<Values>;
}

/** What stands behind a tensor: one value, or for a complex one two. */
interface Entry {
  readonly value: Value;
  readonly imaginary: Value | undefined;
  references: number;
}

interface EngineInternals {
  readonly state: {
    readonly tensorInfo: WeakMap<object, { readonly backend: tf.KernelBackend; readonly dtype: tf.DataType }>;
  };
}

export class SymbolicBackend extends tf.KernelBackend {
  readonly #values = new Map<object, Entry>();
  #foreign = new Map<object, ForeignTensor>();

  /** A tensor of tfjs that stands for a value of the graph. */
  tensorOf(value: Value): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.put(value), this);
  }

  /** What a tensor stands for; one of another backend becomes a constant. */
  valueFor({ dataId, shape }: tf.TensorInfo): Value {
    const value = this.#values.get(dataId)?.value ?? this.#foreignValue(dataId, shape);
    if (isSameShape(value.shape, shape)) return value;
    // Backends reshape without a new buffer, so the tensor's own shape counts.
    return reshaped(value, shape);
  }

  /** The imaginary part of a tensor, of which `valueFor` gives the real one. */
  imaginaryFor({ dataId, shape }: tf.TensorInfo): Value {
    const part = this.#values.get(dataId)?.imaginary;
    if (!part) return constantValue(0, { shape, dtype: 'float32' });
    return isSameShape(part.shape, shape) ? part : reshaped(part, shape);
  }

  put(value: Value, imaginary?: Value): tf.TensorInfo {
    const dataId = {};
    this.#values.set(dataId, { value, imaginary, references: 1 });
    return { dataId, shape: [...value.shape], dtype: imaginary ? 'complex64' : value.dtype };
  }

  /** Those met since the last call. */
  takeForeign(): ForeignTensor[] {
    const foreign = [...this.#foreign.values()];
    this.#foreign = new Map();
    return foreign;
  }

  #foreignValue(dataId: object, shape: readonly number[]): Value {
    const known = this.#foreign.get(dataId);
    if (known) return known.value;
    const { backend, dtype } = (tf.engine() as unknown as EngineInternals).state.tensorInfo.get(dataId)!;
    const value = inputValue(`foreign ${this.#foreign.size}`, { shape: [...shape], dtype: dtype as DType });
    const read = async () => typedValues(await backend.read(dataId), dtype);
    this.#foreign.set(dataId, { value, read });
    return value;
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.put(constantValue(typedValues(values, dtype), { shape, dtype: dtype as DType })).dataId;
  }

  override readSync(dataId: object): tf.BackendValues {
    const { value } = this.#values.get(dataId)!;
    const values = constantValues(value);
    if (!values) throw new SymbolicValueError(value.shape);
    return values;
  }

  override async read(dataId: object): Promise<tf.BackendValues> {
    return this.readSync(dataId);
  }

  override numDataIds(): number {
    return this.#values.size;
  }

  override refCount(dataId: object): number {
    return this.#values.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: object): void {
    const entry = this.#values.get(dataId);
    if (entry) entry.references++;
  }

  override disposeData(dataId: object, force = false): boolean {
    const entry = this.#values.get(dataId);
    if (!entry) return true;
    entry.references--;
    if (entry.references > 0 && !force) return false;
    return this.#values.delete(dataId);
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override dispose(): void {
    this.#values.clear();
  }
}

function typedValues(values: tf.BackendValues, dtype: tf.DataType): Values {
  if (dtype === 'bool') return Uint8Array.from(values as ArrayLike<number>);
  if (dtype === 'int32') return Int32Array.from(values as ArrayLike<number>);
  return values as Float32Array;
}

function reshaped(x: Value, shape: readonly number[]): Value {
  return kernelNode(tf.Reshape, { x }, { shape }, [{ shape, dtype: x.dtype }]).outputs[0]!;
}
