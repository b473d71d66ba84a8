/** Registers the kernels of the symbolic backend: each call of one becomes a node of the graph. */
import * as tf from '@tensorflow/tfjs';
import { registerCompositions } from './compositions/register-all.ts';
import {
  constantValue,
  kernelNode,
  type Attributes,
  type DType,
  type TensorType,
  type Value,
} from './graph.ts';
import { shapeRules } from './shapes/all.ts';
import { arrangementShapes } from './shapes/arrangement.ts';
import type { ShapeRule } from './shapes/shape-rule.ts';
import { SymbolicBackend, symbolicBackendName } from './symbolic-backend.ts';
import { namingKernel, unsupportedKernel } from './unsupported.ts';

let backend: SymbolicBackend | undefined;

/** The backend of this process, registered with tfjs the first time. The current backend stays current. */
export function symbolicBackend(): SymbolicBackend {
  if (backend) return backend;
  const made = new SymbolicBackend();
  tf.registerBackend(symbolicBackendName, () => made, 0);
  tf.engine().findBackend(symbolicBackendName);
  for (const [kernel, rule] of Object.entries(shapeRules)) registerRecorder(made, kernel, rule);
  registerFill(made);
  registerComplexParts(made);
  registerCompositions(symbolicBackendName);
  refuseOtherKernels();
  return (backend = made);
}

function registerRecorder(backend: SymbolicBackend, kernelName: string, rule: ShapeRule): void {
  tf.registerKernel({
    kernelName,
    backendName: symbolicBackendName,
    kernelFunc({ inputs, attrs }) {
      const given = Object.entries(inputs).filter((entry): entry is [string, tf.TensorInfo] => !!entry[1]);
      const record = (partOf: (info: tf.TensorInfo) => Value) => {
        const values = Object.fromEntries(given.map(([name, info]) => [name, partOf(info)]));
        return recorded(kernelName, rule, values, attrs ?? {});
      };
      const real = record((info) => backend.valueFor(info));
      const isComplex = given.some(([, { dtype }]) => dtype === 'complex64');
      if (isComplex && !linearKernels.has(kernelName))
        throw unsupportedKernel(kernelName, 'not of complex numbers');
      const imaginary = isComplex ? record((info) => backend.imaginaryFor(info)) : undefined;
      return Array.isArray(real)
        ? real.map((value: Value, index) => backend.put(value, (imaginary as Value[] | undefined)?.[index]))
        : backend.put(real as Value, imaginary as Value | undefined);
    },
  });
}

/** Kernels that may be applied to real and imaginary parts each for itself. */
const linearKernels = new Set([...Object.keys(arrangementShapes), 'Add', 'Sub', 'Neg', 'Sum', 'Identity']);

/** One value, or a list where tfjs's kernel gives a list. */
function recorded(
  kernel: string,
  rule: ShapeRule,
  values: Readonly<Record<string, Value>>,
  attributes: Attributes,
): Value | readonly Value[] {
  const apply = rule as (inputs: unknown, attributes: unknown) => TensorType | readonly TensorType[];
  const types = namingKernel(kernel, () => apply(values, attributes));
  const isList = Array.isArray(types);
  const { outputs } = kernelNode(kernel, values, attributes, isList ? types : [types as TensorType]);
  return isList ? outputs : outputs[0]!;
}

function registerFill(backend: SymbolicBackend): void {
  tf.registerKernel({
    kernelName: tf.Fill,
    backendName: symbolicBackendName,
    kernelFunc({ attrs }) {
      const { shape, value, dtype } = attrs as unknown as tf.FillAttrs & { value: number; dtype: DType };
      return backend.put(constantValue(value, { shape, dtype }));
    },
  });
}

function registerComplexParts(backend: SymbolicBackend): void {
  const register = (kernelName: string, part: (inputs: tf.NamedTensorInfoMap) => tf.TensorInfo) => {
    tf.registerKernel({
      kernelName,
      backendName: symbolicBackendName,
      kernelFunc: ({ inputs }) => part(inputs),
    });
  };
  register(tf.Complex, ({ real, imag }) => backend.put(backend.valueFor(real!), backend.valueFor(imag!)));
  register(tf.Real, ({ input }) => backend.put(backend.valueFor(input!)));
  register(tf.Imag, ({ input }) => backend.put(backend.imaginaryFor(input!)));
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
