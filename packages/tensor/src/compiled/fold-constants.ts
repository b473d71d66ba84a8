/** Runs kernels on constants, on tfjs's own cpu backend. */
import * as tf from '@tensorflow/tfjs';
import {
  constantValues,
  sizeOf,
  type Attributes,
  type TensorType,
  type Value,
  type Values,
} from './graph.ts';
import { arrangementShapes } from './shapes/arrangement.ts';
import { elementwiseShapes } from './shapes/elementwise.ts';

/** Plain JavaScript is slow: what is larger is left to onnxruntime, which folds constants, too. */
const mostElements = 2 ** 16;

const foldable = new Set([...Object.keys(arrangementShapes), ...Object.keys(elementwiseShapes), 'Sum']);

/** Undefined where an input is no constant, too large, or the kernel is not one for constants. */
export function foldConstants(
  kernel: string,
  inputs: Readonly<Record<string, Value>>,
  attributes: Attributes,
  { shape }: TensorType,
): Values | undefined {
  const values = Object.values(inputs);
  const onCpu = foldable.has(kernel) ? tf.getKernel(kernel, 'cpu') : undefined;
  if (!onCpu || !values.every(({ node }) => node.kind === 'constant')) return undefined;
  if (values.some((value) => sizeOf(value.shape) > mostElements) || sizeOf(shape) > mostElements)
    return undefined;

  const backend = tf.engine().findBackend('cpu');
  const written = Object.entries(inputs).map(([name, value]) => [name, write(value, backend)] as const);
  const given = Object.fromEntries(written);
  const result = onCpu.kernelFunc({
    inputs: (kernel === 'Concat' ? Object.values(given) : given) as tf.NamedTensorInfoMap,
    attrs: attributes as tf.NamedAttrMap,
    backend,
  }) as tf.TensorInfo;
  const folded = (backend.readSync(result.dataId) as Values).slice();
  for (const { dataId } of new Set([...Object.values(given), result])) backend.disposeData(dataId, true);
  return folded;
}

function write(value: Value, backend: tf.KernelBackend): tf.TensorInfo {
  const { dtype } = value;
  const shape = [...value.shape];
  return { dataId: backend.write(constantValues(value)!, shape, dtype), shape, dtype };
}
