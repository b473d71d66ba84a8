/** Serializes ONNX models. Protocol buffers end at 2 GB, so weights beyond that lie in a file beside the model. */
import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { tensorTypes, type Attribute, type OnnxModel, type OnnxTensor, type Port } from './model.ts';

const schema = protobuf.parse(readFileSync(new URL('onnx.proto', import.meta.url), 'utf8'), {
  keepCase: true,
});
const ModelProto = schema.root.lookupType('onnx.ModelProto');

const irVersion = 9;
const operatorSet = 18;

/** Numbers of ONNX's AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, ints: 7 } as const;

/** Where the values of one initializer begin in the file beside the model. */
export interface ExternalValues {
  readonly file: string;
  readonly offsets: ReadonlyMap<string, number>;
}

export function writeModel(model: OnnxModel, external?: ExternalValues): Uint8Array {
  const initializer = [...model.initializers].map(([name, tensor]) => {
    const offset = external?.offsets.get(name);
    return offset === undefined
      ? { name, ...tensorProto(tensor) }
      : { name, ...externalTensorProto(tensor, external!.file, offset) };
  });
  const graph = {
    name: 'compiled',
    node: model.nodes.map(({ operator, inputs, outputs, attributes }) => ({
      name: outputs[0],
      op_type: operator,
      input: inputs,
      output: outputs,
      attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...attributeProto(value) })),
    })),
    initializer,
    input: model.inputs.map(portProto),
    output: model.outputs.map(portProto),
  };
  const message = { ir_version: irVersion, opset_import: [{ domain: '', version: operatorSet }], graph };
  return ModelProto.encode(message).finish();
}

/** Bytes of all initializers. */
export function weightBytes({ initializers }: OnnxModel): number {
  return [...initializers.values()].reduce((sum, { values }) => sum + values.byteLength, 0);
}

export function bytesOf(values: OnnxTensor['values']): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function tensorProto({ type, dims, values }: OnnxTensor) {
  return { dims, data_type: tensorTypes[type], raw_data: bytesOf(values) };
}

function externalTensorProto({ type, dims, values }: OnnxTensor, file: string, offset: number) {
  const entries = { location: file, offset: String(offset), length: String(values.byteLength) };
  return {
    dims,
    data_type: tensorTypes[type],
    external_data: Object.entries(entries).map(([key, value]) => ({ key, value })),
    data_location: 1,
  };
}

function attributeProto(value: Attribute) {
  if (typeof value === 'number') return { i: value, type: attributeTypes.int };
  if (typeof value === 'string') return { s: new TextEncoder().encode(value), type: attributeTypes.string };
  if ('float' in value) return { f: value.float, type: attributeTypes.float };
  if ('tensor' in value) return { t: tensorProto(value.tensor), type: attributeTypes.tensor };
  return { ints: value, type: attributeTypes.ints };
}

function portProto({ name, type, dims }: Port) {
  const shape = { dim: dims.map((length) => ({ dim_value: length })) };
  return { name, type: { tensor_type: { elem_type: tensorTypes[type], shape } } };
}
