/** Frozen TensorFlow graphs, with values in each of the forms that TensorFlow has. */
import protobuf from 'protobufjs/minimal.js';

export interface Constant {
  readonly name: string;
  /** Number of `DataType`: 1 is float, 3 int32, 7 string. */
  readonly type: number;
  readonly shape: readonly (number | bigint)[];
  readonly values:
    | { readonly content: Uint8Array }
    | { readonly packedFloats: readonly number[] }
    | { readonly floats: readonly number[] }
    | { readonly ints: readonly number[] }
    | { readonly texts: readonly string[] };
}

export function graphDef(constants: readonly Constant[]): Buffer {
  const writer = protobuf.Writer.create();
  writeNode(writer, 'input', 'Placeholder', () => {});
  for (const constant of constants) {
    writeNode(writer, constant.name, 'Const', (node) => {
      writeAttribute(node, 'dtype', (value) => value.uint32(tag(6, 0)).uint32(constant.type));
      writeAttribute(node, 'value', (value) => {
        nested(value, 8, (tensor) => writeTensor(tensor, constant));
      });
    });
  }
  nested(writer, 4, (versions) => versions.uint32(tag(1, 0)).uint32(8));
  return Buffer.from(writer.finish());
}

type Write = (writer: protobuf.Writer) => void;

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

function nested(writer: protobuf.Writer, field: number, write: Write): void {
  const inner = protobuf.Writer.create();
  write(inner);
  writer.uint32(tag(field, 2)).bytes(inner.finish());
}

function writeNode(writer: protobuf.Writer, name: string, operation: string, writeAttributes: Write): void {
  nested(writer, 1, (node) => {
    node.uint32(tag(1, 2)).string(name).uint32(tag(2, 2)).string(operation);
    writeAttributes(node);
  });
}

function writeAttribute(node: protobuf.Writer, key: string, writeValue: Write): void {
  nested(node, 5, (entry) => {
    entry.uint32(tag(1, 2)).string(key);
    nested(entry, 2, writeValue);
  });
}

function writeTensor(tensor: protobuf.Writer, { type, shape, values }: Constant): void {
  tensor.uint32(tag(1, 0)).uint32(type);
  nested(tensor, 2, (dimensions) => {
    for (const length of shape) {
      nested(dimensions, 2, (dimension) => dimension.uint32(tag(1, 0)).int64(length.toString()));
    }
  });
  if ('content' in values) tensor.uint32(tag(4, 2)).bytes(values.content);
  if ('packedFloats' in values) {
    nested(tensor, 5, (packed) => values.packedFloats.forEach((value) => packed.float(value)));
  }
  if ('floats' in values) values.floats.forEach((value) => tensor.uint32(tag(5, 5)).float(value));
  if ('ints' in values) {
    nested(tensor, 7, (packed) => values.ints.forEach((value) => packed.int32(value)));
  }
  if ('texts' in values) values.texts.forEach((text) => tensor.uint32(tag(8, 2)).string(text));
}
