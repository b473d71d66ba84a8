/** An ONNX file as the wire format has it: fields within fields, found without decoding what they hold. */
import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { MalformedCheckpointError, TruncatedCheckpointError } from '../checkpoint/checkpoint-errors.ts';
import { fieldAt, maximalFields, maximalKeyBytes, type Field } from '../checkpoint/protobuf-fields.ts';
import { ModelError } from '../errors.ts';

/** Numbers of the fields of ModelProto, of GraphProto and of TensorProto. */
export const modelFields = { graph: 7, operatorSet: 8 };
export const graphFields = { node: 1, initializer: 5, sparseInitializer: 15, input: 11, output: 12 };
export const tensorFields = { rawData: 9 };

/** The fields of a message, in places of the file. */
export async function* fieldsIn(file: CheckpointFile, begin: number, end: number): AsyncGenerator<Field> {
  let count = 0;
  for (let position = begin; position < end;) {
    if (++count > maximalFields) throw malformed(file, `a message has more than ${maximalFields} fields`);
    const head = await file.read(position, Math.min(position + maximalKeyBytes, end));
    const field = orMalformed(file, position, () => fieldAt(head, 0));
    if (position + field.end > end) throw new TruncatedCheckpointError(file.path, end, position + field.end);
    yield { number: field.number, begin: position + field.begin, end: position + field.end };
    position += field.end;
  }
}

/** What the wire format's reader throws is the file's fault. */
export function orMalformed<T>(file: CheckpointFile, position: number, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw malformed(file, `its message at byte ${position} is broken (${(error as Error).message})`, {
      cause: error,
    });
  }
}

export function malformed(
  file: CheckpointFile,
  fault: string,
  options?: ErrorOptions,
): MalformedCheckpointError {
  return new MalformedCheckpointError(file.path, 'ONNX', fault, options);
}
