import type * as tf from '@tensorflow/tfjs';

interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: string | number;
}

/** What kernels written with TensorFlow's own ops need of the backend of tfjs-node. */
interface TensorflowBackend {
  readonly binding: Record<'TF_ATTR_TYPE' | 'TF_ATTR_STRING' | 'TF_FLOAT', number>;
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: tf.TensorInfo[]): tf.TensorInfo;
}

export interface RawOp {
  /** In TensorFlow, as https://www.tensorflow.org/api_docs/python/tf/raw_ops lists it. */
  readonly name: string;
  readonly inputs: tf.TensorInfo[];
  /** The attribute that says of which type the values are: here always float32. */
  readonly typeAttribute: string;
  readonly strings?: Readonly<Record<string, string>>;
}

/** Runs an op of TensorFlow, of those with one output, for which tfjs-node has no kernel. */
export function runRawOp(backend: unknown, { name, inputs, typeAttribute, strings = {} }: RawOp) {
  const { binding } = backend as TensorflowBackend;
  const attributes = [
    { name: typeAttribute, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    ...Object.entries(strings).map(([key, value]) => ({ name: key, type: binding.TF_ATTR_STRING, value })),
  ];
  return (backend as TensorflowBackend).executeSingleOutput(name, attributes, inputs);
}
