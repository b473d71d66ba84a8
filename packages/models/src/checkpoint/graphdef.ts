/**
 * TensorFlow's frozen graphs: a GraphDef whose Const nodes hold the weights.
 * https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/framework (graph, node_def, attr_value)
 *
 * The wire format is walked instead of decoded into messages, since that tells where in the file the values lie:
 * they can then be read one tensor at a time.
 */
import { ModelError } from '../errors.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import { MalformedCheckpointError, TruncatedCheckpointError } from './checkpoint-errors.ts';
import { checkpointOf, maximalTensors, type Checkpoint } from './checkpoint.ts';
import { constantTensor } from './graphdef-constant.ts';
import { fieldAt, fieldsOf, maximalKeyBytes, textOf, type Field } from './protobuf-fields.ts';
import { checkExtent, type StoredTensor } from './stored-tensor.ts';

/** Numbers of the fields of GraphDef, of NodeDef, of an entry of its attributes, and of AttrValue. */
const graph = { node: 1 };
const node = { name: 1, operation: 2, attribute: 5 };
const entry = { key: 1, value: 2 };
const attributeValue = { tensor: 8 };

/** @throws TruncatedCheckpointError, MalformedCheckpointError, UnsupportedDtypeError */
export async function readGraphDef(file: CheckpointFile): Promise<Checkpoint> {
  const tensors = new Map<string, StoredTensor>();
  for await (const { begin, end } of nodesOf(file)) {
    const bytes = await file.read(begin, end);
    const constant = orMalformed(file, begin, () => constantOf(file, bytes, begin));
    if (!constant) continue;
    const [name, tensor] = constant;
    if (tensors.has(name)) throw malformed(file, `two of its nodes are called "${name}"`);
    const limit = typeof tensor.place === 'number' ? end - tensor.place : tensor.place.length;
    checkExtent(file, 'a GraphDef', name, tensor, limit);
    if (tensors.set(name, tensor).size > maximalTensors) {
      throw malformed(file, `it has more than ${maximalTensors} constants`);
    }
  }
  if (tensors.size === 0) throw malformed(file, 'none of its nodes is a constant');
  return checkpointOf(file, { format: 'graphdef', metadata: {}, tensors });
}

/** Places in the file. */
async function* nodesOf(file: CheckpointFile): AsyncGenerator<Field> {
  for (let position = 0; position < file.size;) {
    const head = await file.read(position, Math.min(position + maximalKeyBytes, file.size));
    const { number, begin, end } = orMalformed(file, position, () => fieldAt(head, 0));
    if (position + end > file.size) throw new TruncatedCheckpointError(file.path, file.size, position + end);
    if (number === graph.node) yield { number, begin: position + begin, end: position + end };
    position += end;
  }
}

/**
 * @param bytes of a node
 * @param begin of the node in the file
 */
function constantOf(
  file: CheckpointFile,
  bytes: Uint8Array,
  begin: number,
): [name: string, tensor: StoredTensor] | undefined {
  const fields = [...fieldsOf(bytes, 0, bytes.length)];
  const text = (number: number): string => {
    const field = fields.find((candidate) => candidate.number === number);
    return field ? textOf(bytes, field) : '';
  };
  if (text(node.operation) !== 'Const') return undefined;
  const name = text(node.name);
  const values = fields
    .filter(({ number }) => number === node.attribute)
    .map((attribute) => [...fieldsOf(bytes, attribute.begin, attribute.end)])
    .find((fieldsOfEntry) =>
      fieldsOfEntry.some((field) => field.number === entry.key && textOf(bytes, field) === 'value'),
    )
    ?.find(({ number }) => number === entry.value);
  const tensor =
    values &&
    [...fieldsOf(bytes, values.begin, values.end)].find(({ number }) => number === attributeValue.tensor);
  if (!tensor) throw malformed(file, `its constant "${name}" has no value`);
  const stored = constantTensor(file.path, name, bytes, tensor, begin);
  return stored && [name, stored];
}

/** What the wire format's reader throws is the file's fault. */
function orMalformed<T>(file: CheckpointFile, position: number, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw malformed(file, `its message at byte ${position} is broken (${(error as Error).message})`, {
      cause: error,
    });
  }
}

function malformed(file: CheckpointFile, fault: string, options?: ErrorOptions): MalformedCheckpointError {
  return new MalformedCheckpointError(file.path, 'a GraphDef', fault, options);
}
