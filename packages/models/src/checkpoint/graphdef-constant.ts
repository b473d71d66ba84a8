/** A TensorProto of TensorFlow: its values lie there as bytes, as numbers, or as one number for all. */
import { MalformedCheckpointError, UnsupportedDtypeError } from './checkpoint-errors.ts';
import { dtypeNames, dtypes, type DtypeName } from './dtype.ts';
import { fieldsOf, varintCount, varintsOf, type Field } from './protobuf-fields.ts';
import { elementCount, type StoredTensor } from './stored-tensor.ts';

/** Numbers of the fields of TensorProto, of its shape, and of a dimension. */
const tensorProto = { dtype: 1, shape: 2, content: 4 };
const shapeProto = { dimension: 2 };
const dimensionProto = { size: 1 };

interface NumberFormat {
  readonly dtype: DtypeName;
  /** The field of TensorProto that holds the values unless they are bytes. */
  readonly field: number;
  /** Whether those are varints; otherwise they are as in memory. */
  readonly varint: boolean;
}

/** By the number of `DataType`. */
const numberFormats: ReadonlyMap<number, NumberFormat> = new Map([
  [1, { dtype: 'F32', field: 5, varint: false }],
  [2, { dtype: 'F64', field: 6, varint: false }],
  [3, { dtype: 'I32', field: 7, varint: true }],
  [4, { dtype: 'U8', field: 7, varint: true }],
  [5, { dtype: 'I16', field: 7, varint: true }],
  [6, { dtype: 'I8', field: 7, varint: true }],
  [9, { dtype: 'I64', field: 10, varint: true }],
  [10, { dtype: 'BOOL', field: 11, varint: true }],
  [14, { dtype: 'BF16', field: 13, varint: true }],
  [17, { dtype: 'U16', field: 7, varint: true }],
  [19, { dtype: 'F16', field: 13, varint: true }],
  [22, { dtype: 'U32', field: 16, varint: true }],
  [23, { dtype: 'U64', field: 17, varint: true }],
]);

/** These are held in memory: they are shapes, axes and the like, while weights are stored as bytes. */
const maximalVarintBytes = 16 * 1024 * 1024;

/** Texts, such as names of classes, are no weights. */
const stringType = 7;

/**
 * @param bytes of a node
 * @param tensor the place of the TensorProto in them
 * @param base the node's place in the file
 * @returns undefined for texts
 * @throws UnsupportedDtypeError, MalformedCheckpointError, RangeError
 */
export function constantTensor(
  path: string,
  name: string,
  bytes: Uint8Array,
  tensor: Field,
  base: number,
): StoredTensor | undefined {
  const fields = [...fieldsOf(bytes, tensor.begin, tensor.end)];
  const type = firstVarint(bytes, fields, tensorProto.dtype);
  if (type === stringType) return undefined;
  const format = numberFormats.get(type);
  if (!format) throw new UnsupportedDtypeError(path, `TensorFlow's type ${type}`, dtypeNames);

  const { dtype } = format;
  const shape = shapeOf(bytes, fields);
  const { count, place } = valuesOf(bytes, fields, format, base);
  const strides = count === elementCount(shape) ? undefined : shape.map(() => 0);
  if (strides && count !== 0 && count !== 1) {
    throw new MalformedCheckpointError(
      path,
      'a GraphDef',
      `its constant "${name}" of ${dtype} [${shape.join(', ')}] has ${count} values`,
    );
  }
  // Zeros need not be written at all.
  return { dtype, shape, place: count === 0 ? new Uint8Array(dtypes[dtype].bytes) : place, strides };
}

function firstVarint(bytes: Uint8Array, fields: readonly Field[], number: number): number {
  const field = fields.find((candidate) => candidate.number === number);
  return field ? Number([...varintsOf(bytes, field)][0] ?? 0) : 0;
}

function shapeOf(bytes: Uint8Array, fields: readonly Field[]): number[] {
  const shape = fields.find(({ number }) => number === tensorProto.shape);
  if (!shape) return [];
  return [...fieldsOf(bytes, shape.begin, shape.end)]
    .filter(({ number }) => number === shapeProto.dimension)
    .map(({ begin, end }) => {
      const length = firstVarint(bytes, [...fieldsOf(bytes, begin, end)], dimensionProto.size);
      if (length < 0) throw new RangeError(`a length of ${length}`);
      return length;
    });
}

/** Where the values lie in the file if they are bytes in one piece, and otherwise the bytes. */
function valuesOf(
  bytes: Uint8Array,
  fields: readonly Field[],
  { dtype, field, varint }: NumberFormat,
  base: number,
): { place: StoredTensor['place']; count: number } {
  const content = fields.filter(({ number }) => number === tensorProto.content);
  const numbers = fields.filter(({ number }) => number === field);
  if (varint && content.length === 0) return fromVarints(bytes, numbers, dtype);

  const pieces = content.length > 0 ? content : numbers;
  const length = pieces.reduce((sum, { begin, end }) => sum + end - begin, 0);
  const place = pieces.length === 1 ? base + pieces[0]!.begin : joined(bytes, pieces);
  return { place, count: length / dtypes[dtype].bytes };
}

function joined(bytes: Uint8Array, pieces: readonly Field[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces.map(({ begin, end }) => bytes.subarray(begin, end))));
}

/** The lower bytes of a varint are the number as it lies in memory. */
function fromVarints(
  bytes: Uint8Array,
  fields: readonly Field[],
  dtype: DtypeName,
): { place: Uint8Array<ArrayBuffer>; count: number } {
  const count = fields.reduce((sum, field) => sum + varintCount(bytes, field), 0);
  const width = dtypes[dtype].bytes;
  if (count * width > maximalVarintBytes) throw new RangeError(`${count} numbers of ${dtype} one by one`);
  const place = new Uint8Array(count * width);
  const number = Buffer.alloc(8);
  let written = 0;
  for (const field of fields) {
    for (const value of varintsOf(bytes, field)) {
      number.writeBigInt64LE(value);
      place.set(number.subarray(0, width), written);
      written += width;
    }
  }
  return { place, count };
}
