/**
 * A backend of tfjs whose tensors have no values: each is a value of a graph, and running a kernel adds a node. tfjs's
 * ops, its tape and its gradient functions work on it unchanged, because none of them reads values.
 */
import * as tf from '@tensorflow/tfjs';
import { registerCompositions } from './compositions/register-all.ts';
import { SymbolicValueError } from './errors.ts';
import {
  constantValue,
  constantValues,
  inputValue,
  isSameShape,
  kernelNode,
  type Attributes,
  type DType,
  type TensorType,
  type Value,
  type Values,
} from './graph.ts';
import { shapeRules } from './shapes/all.ts';
import type { ShapeRule } from './shapes/shape-rule.ts';
import { namingKernel, unsupportedKernel } from './unsupported.ts';

export const symbolicBackendName = 'symbolic';

/** A tensor of another backend that the traced function met. In the graph it is an input; its values are on the way. */
export interface ForeignTensor {
  readonly value: Value;
  readonly values: Promise<Values>;
}

interface EngineInternals {
  readonly state: {
    readonly tensorInfo: WeakMap<object, { readonly backend: tf.KernelBackend; readonly dtype: tf.DataType }>;
  };
}

export class SymbolicBackend extends tf.KernelBackend {
  readonly #values = new Map<object, { readonly value: Value; references: number }>();
  #foreign = new Map<object, ForeignTensor>();

  /** A tensor of tfjs that stands for a value of the graph. */
  tensorOf(value: Value): tf.Tensor {
    const { shape, dtype } = value;
    return tf.engine().makeTensorFromTensorInfo({ dataId: this.put(value), shape: [...shape], dtype }, this);
  }

  /** What a tensor stands for; one of another backend becomes a constant. */
  valueFor({ dataId, shape }: tf.TensorInfo): Value {
    const value = this.#values.get(dataId)?.value ?? this.#foreignValue(dataId, shape);
    if (isSameShape(value.shape, shape)) return value;
    // Backends reshape without a new buffer, so the tensor's own shape counts.
    return kernelNode(tf.Reshape, { x: value }, { shape }, [{ shape, dtype: value.dtype }]).outputs[0]!;
  }

  put(value: Value): object {
    const dataId = {};
    this.#values.set(dataId, { value, references: 1 });
    return dataId;
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
    const values = backend.read(dataId).then((read) => typedValues(read, dtype));
    this.#foreign.set(dataId, { value, values });
    return value;
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.put(constantValue(typedValues(values, dtype), { shape, dtype: dtype as DType }));
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

let backend: SymbolicBackend | undefined;

/** The backend of this process, registered with tfjs the first time. The current backend stays current. */
export function symbolicBackend(): SymbolicBackend {
  if (backend) return backend;
  const made = new SymbolicBackend();
  tf.registerBackend(symbolicBackendName, () => made, 0);
  tf.engine().findBackend(symbolicBackendName);
  for (const [kernel, rule] of Object.entries(shapeRules)) registerRecorder(made, kernel, rule);
  registerFill(made);
  registerCompositions(symbolicBackendName);
  refuseOtherKernels();
  return (backend = made);
}

function registerRecorder(backend: SymbolicBackend, kernelName: string, rule: ShapeRule): void {
  tf.registerKernel({
    kernelName,
    backendName: symbolicBackendName,
    kernelFunc({ inputs, attrs }) {
      const values = valuesOfInputs(inputs, backend);
      const attributes = (attrs ?? {}) as Attributes;
      const types = typesOf(kernelName, rule, values, attributes);
      const node = kernelNode(kernelName, values, attributes, Array.isArray(types) ? types : [types]);
      const infos = node.outputs.map((value) => ({
        dataId: backend.put(value),
        shape: [...value.shape],
        dtype: value.dtype,
      }));
      return Array.isArray(types) ? infos : infos[0]!;
    },
  });
}

function registerFill(backend: SymbolicBackend): void {
  tf.registerKernel({
    kernelName: tf.Fill,
    backendName: symbolicBackendName,
    kernelFunc({ attrs }) {
      const { shape, value, dtype } = attrs as unknown as tf.FillAttrs & { value: number; dtype: DType };
      const constant = constantValue(value, { shape, dtype });
      return { dataId: backend.put(constant), shape, dtype };
    },
  });
}

function typesOf(
  kernel: string,
  rule: ShapeRule,
  values: Readonly<Record<string, Value>>,
  attributes: Attributes,
): TensorType | readonly TensorType[] {
  const apply = rule as (inputs: unknown, attributes: unknown) => TensorType | readonly TensorType[];
  return namingKernel(kernel, () => apply(values, attributes));
}

/** Every kernel that tfjs's own cpu backend has and that has no rule here. */
function refuseOtherKernels(): void {
  for (const { kernelName } of tf.getKernelsForBackend('cpu')) {
    if (tf.getKernel(kernelName, symbolicBackendName)) continue;
    tf.registerKernel({
      kernelName,
      backendName: symbolicBackendName,
      kernelFunc() {
        throw unsupportedKernel(kernelName);
      },
    });
  }
}

function typedValues(values: tf.BackendValues, dtype: tf.DataType): Values {
  if (dtype === 'bool') return Uint8Array.from(values as ArrayLike<number>);
  if (dtype === 'int32') return Int32Array.from(values as ArrayLike<number>);
  return values as Float32Array;
}

/** Optional inputs are undefined or null where they are left out. */
function valuesOfInputs(inputs: tf.NamedTensorInfoMap, backend: SymbolicBackend): Record<string, Value> {
  const given = Object.entries(inputs).filter((entry): entry is [string, tf.TensorInfo] => !!entry[1]);
  return Object.fromEntries(given.map(([name, info]) => [name, backend.valueFor(info)]));
}
