import { writeFile } from 'node:fs/promises';
import type { HostTensor, NumberKind } from '../onnx/host-tensor.ts';
import { schema } from '../onnx/schema.ts';

/** An attribute as a test writes it: plain numbers are integers. */
export type AttributeValue =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly tensor: HostTensor };

export interface NodeDescription {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly domain?: string;
}

export interface GraphDescription {
  readonly opset: number;
  readonly nodes: readonly NodeDescription[];
  readonly inputs: readonly {
    readonly name: string;
    readonly type: NumberKind;
    readonly shape: readonly number[];
  }[];
  readonly outputs: readonly string[];
  readonly initializers?: Readonly<Record<string, HostTensor>>;
}

/** Numbers of TensorProto.DataType. */
const dataTypes: Readonly<Record<NumberKind, number>> = { float: 1, int: 7, bool: 9 };

export function encodeOnnx({
  opset,
  nodes,
  inputs,
  outputs,
  initializers = {},
}: GraphDescription): Uint8Array {
  const message = {
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'test',
      node: nodes.map(({ operator, inputs: input, outputs: output, attributes = {}, domain = '' }) => ({
        opType: operator,
        name: `${operator}_1`,
        domain,
        input,
        output,
        attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...attributeProto(value) })),
      })),
      initializer: Object.entries(initializers).map(([name, tensor]) => ({ name, ...tensorProto(tensor) })),
      input: inputs.map(({ name, type, shape }) => ({
        name,
        type: { tensorType: { elemType: dataTypes[type], shape: { dim: shape.map(dimension) } } },
      })),
      output: outputs.map((name) => ({ name })),
    },
  };
  return schema.lookupType('onnx.ModelProto').encode(message).finish();
}

export async function writeOnnx(path: string, description: GraphDescription): Promise<void> {
  await writeFile(path, encodeOnnx(description));
}

/** Zero stands for a length that is left open. */
function dimension(length: number): object {
  return length === 0 ? { dimParam: 'any' } : { dimValue: length };
}

function tensorProto({ type, shape, data }: HostTensor): object {
  const dataType = dataTypes[type];
  if (type === 'float') return { dims: shape, dataType, floatData: data };
  if (type === 'bool') return { dims: shape, dataType, int32Data: data };
  // Of 64 bits, which plain numbers do not hold: largest bounds are written as such.
  const whole = BigInt64Array.from(data, (value) =>
    BigInt.asIntN(64, BigInt(value) - (value >= 2 ** 63 ? 1n : 0n)),
  );
  return { dims: shape, dataType, rawData: new Uint8Array(whole.buffer) };
}

function attributeProto(value: AttributeValue): object {
  if (typeof value === 'number') return { type: 2, i: value };
  if (typeof value === 'string') return { type: 3, s: new TextEncoder().encode(value) };
  if ('float' in value) return { type: 1, f: value.float };
  if ('floats' in value) return { type: 6, floats: value.floats };
  if ('tensor' in value) return { type: 4, t: tensorProto(value.tensor) };
  return { type: 7, ints: value };
}
