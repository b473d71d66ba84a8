/**
 * PyTorch's newer exporter writes the weights into a file beside the model. A registered model is one file, so they
 * are copied into it, tensor by tensor.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, normalize, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import protobuf from 'protobufjs/minimal.js';
import { openWith, type CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { dtypes } from '../checkpoint/dtype.ts';
import type { Field } from '../checkpoint/protobuf-fields.ts';
import { elementCount } from '../checkpoint/stored-tensor.ts';
import {
  fieldsIn,
  graphFields,
  malformed,
  modelFields,
  orMalformed,
  tensorFields,
} from './message-fields.ts';
import { UnsupportedOnnxError } from './onnx-errors.ts';
import { decode, schema, type TensorProto } from './schema.ts';
import { externalLocation, typeOf } from './tensor-proto.ts';

/** Bytes in the making: some at hand, some in a file. */
type Piece = Uint8Array | { readonly path: string; readonly begin: number; readonly end: number };

/** More than protocol buffers can be long. */
const largestFile = 2 ** 31;

/** Larger initializers hold their values themselves: what refers to another file is short. */
const longestReference = 65_536;

const lengthDelimited = 2;

/**
 * Writes the model with all its weights to `target`, if some of them lie in another file.
 * @returns whether they do
 * @throws UnsupportedOnnxError, any error of the reader
 */
export function inlineExternal(path: string, target: string): Promise<boolean> {
  return openWith(path, async (file) => {
    await using opened = file;
    const pieces: Piece[] = [];
    let isExternal = false;
    for await (const { number, part, rest } of partsOf(opened, 0, opened.size)) {
      if (number !== modelFields.graph) pieces.push(rest);
      else {
        const inlined = await inlineGraph(opened, part);
        isExternal ||= inlined.isExternal;
        pieces.push(...message(modelFields.graph, inlined.pieces));
      }
    }
    if (!isExternal) return false;
    if (lengthOf(pieces) >= largestFile) {
      throw new UnsupportedOnnxError(
        path,
        `with its weights it has ${lengthOf(pieces)} bytes, more than one file of ONNX can have`,
      );
    }
    try {
      await pipeline(Readable.from(contentOf(pieces)), createWriteStream(target));
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
    return true;
  });
}

async function inlineGraph(
  file: CheckpointFile,
  graph: Field,
): Promise<{ pieces: Piece[]; isExternal: boolean }> {
  const pieces: Piece[] = [];
  let isExternal = false;
  for await (const { number, part, rest } of partsOf(file, graph.begin, graph.end)) {
    const external =
      number === graphFields.initializer && part.end - part.begin < longestReference
        ? await externalTensor(file, part)
        : undefined;
    if (external) isExternal = true;
    pieces.push(...(external ? message(graphFields.initializer, external) : [rest]));
  }
  return { pieces, isExternal };
}

/** The fields of a message, each with the bytes that make it, key included. */
async function* partsOf(
  file: CheckpointFile,
  begin: number,
  end: number,
): AsyncGenerator<{ number: number; part: Field; rest: Piece }> {
  let position = begin;
  for await (const part of fieldsIn(file, begin, end)) {
    yield { number: part.number, part, rest: { path: file.path, begin: position, end: part.end } };
    position = part.end;
  }
}

async function externalTensor(file: CheckpointFile, { begin, end }: Field): Promise<Piece[] | undefined> {
  const bytes = await file.read(begin, end);
  const proto = orMalformed(file, begin, () => decode('TensorProto', bytes));
  if (proto.dataLocation !== externalLocation) return undefined;
  const { dims, dataType, name } = proto;
  const described = schema.lookupType('onnx.TensorProto').encode({ dims, dataType, name }).finish();
  return [described, ...message(tensorFields.rawData, [await externalValues(file, proto)])];
}

async function externalValues(file: CheckpointFile, proto: TensorProto): Promise<Piece> {
  const entries = new Map(proto.externalData.map(({ key, value }) => [key, value]));
  const path = besides(file.path, entries.get('location') ?? '');
  const { dtype, shape } = typeOf(file.path, proto);
  const length = elementCount(shape) * dtypes[dtype].bytes;
  const begin = Number(entries.get('offset') ?? 0);
  const size = await stat(path).then(
    (stats) => stats.size,
    () => {
      throw new UnsupportedOnnxError(
        file.path,
        `the values of "${proto.name}" lie in ${path}, which cannot be read`,
      );
    },
  );
  const isWhole = Number.isSafeInteger(begin) && begin >= 0 && begin + length <= size;
  if (!isWhole || Number(entries.get('length') ?? length) !== length) {
    throw malformed(
      file,
      `the values of "${proto.name}", ${length} bytes from ${entries.get('offset') ?? 0}, are not in ${path} of ${size} bytes`,
    );
  }
  return { path, begin, end: begin + length };
}

/** Nothing outside of the model's own folder is read. */
function besides(path: string, location: string): string {
  const plain = normalize(location);
  if (location === '' || isAbsolute(plain) || plain === '..' || plain.startsWith(`..${sep}`)) {
    throw new UnsupportedOnnxError(
      path,
      `it refers to "${location}" for its weights, which is not beside it`,
    );
  }
  return resolve(dirname(path), plain);
}

/** A field that holds what the pieces do. */
function message(number: number, pieces: readonly Piece[]): Piece[] {
  const head = protobuf.Writer.create()
    .uint32((number << 3) | lengthDelimited)
    .uint64(lengthOf(pieces))
    .finish();
  return [head, ...pieces];
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + ('path' in piece ? piece.end - piece.begin : piece.length), 0);
}

async function* contentOf(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (!('path' in piece)) yield piece;
    else if (piece.end > piece.begin) {
      yield* createReadStream(piece.path, {
        start: piece.begin,
        end: piece.end - 1,
      }) as AsyncIterable<Uint8Array>;
    }
  }
}
