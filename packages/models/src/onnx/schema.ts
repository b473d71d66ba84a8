/** Messages of an ONNX file, decoded. https://onnx.ai/onnx/repo-docs/IR.html */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import protobuf from 'protobufjs';

const schemaPath = createRequire(import.meta.url).resolve('@fovea/tensor/onnx.proto');

export const schema = protobuf.parse(readFileSync(schemaPath, 'utf8')).root;

/** Of 64 bits, as protobufjs hands it over. */
type Whole = number | { toNumber(): number; toString(): string };

interface StringStringEntryProto {
  readonly key: string;
  readonly value: string;
}

export interface TensorProto {
  readonly dims: readonly Whole[];
  readonly dataType: number;
  readonly name: string;
  readonly rawData: Uint8Array;
  readonly floatData: readonly number[];
  readonly doubleData: readonly number[];
  readonly int32Data: readonly number[];
  readonly int64Data: readonly Whole[];
  readonly uint64Data: readonly Whole[];
  readonly externalData: readonly StringStringEntryProto[];
  readonly dataLocation: number;
}

export interface AttributeProto {
  readonly name: string;
  readonly type: number;
  readonly f: number;
  readonly i: Whole;
  readonly s: Uint8Array;
  readonly t: TensorProto | null;
  readonly floats: readonly number[];
  readonly ints: readonly Whole[];
  readonly strings: readonly Uint8Array[];
}

export interface NodeProto {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly attribute: readonly AttributeProto[];
  readonly metadataProps: readonly StringStringEntryProto[];
}

export interface ValueInfoProto {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: {
        readonly dim: readonly { readonly dimValue: Whole; readonly dimParam: string }[];
      } | null;
    } | null;
  } | null;
}

export interface OperatorSetIdProto {
  readonly domain: string;
  readonly version: Whole;
}

interface Messages {
  readonly TensorProto: TensorProto;
  readonly NodeProto: NodeProto;
  readonly ValueInfoProto: ValueInfoProto;
  readonly OperatorSetIdProto: OperatorSetIdProto;
}

/** @throws Error where the bytes are no such message */
export function decode<Name extends keyof Messages>(name: Name, bytes: Uint8Array): Messages[Name] {
  return schema.lookupType(`onnx.${name}`).decode(bytes) as unknown as Messages[Name];
}

/** Exact up to 2^53, which no length or index of a tensor exceeds. */
export function wholeOf(value: Whole): number {
  return typeof value === 'number' ? value : value.toNumber();
}
