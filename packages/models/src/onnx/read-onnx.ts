/**
 * Reads an ONNX file. Of weights only the place is found, by walking the wire format, so that they can be read one
 * tensor at a time; everything else is decoded.
 */
import { openWith, type CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { checkpointOf, type Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Field } from '../checkpoint/protobuf-fields.ts';
import { checkExtent, type StoredTensor } from '../checkpoint/stored-tensor.ts';
import {
  fieldsIn,
  graphFields,
  malformed,
  modelFields,
  orMalformed,
  tensorFields,
} from './message-fields.ts';
import { UnsupportedOnnxError, UnsupportedOperatorError } from './onnx-errors.ts';
import type { Attribute, OnnxGraph, OnnxNode, Port } from './onnx-graph.ts';
import { decode, wholeOf, type AttributeProto, type NodeProto, type ValueInfoProto } from './schema.ts';
import { bytesOf, externalLocation, typeOf } from './tensor-proto.ts';
import { closest } from '../closest.ts';

/** Operator sets whose operators are understood. */
const [firstOpset, lastOpset] = [9, 21];

/** Numbers of AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7, strings: 8 };

const floatTypes = new Set([1, 10, 11, 16]);

export interface OnnxFile extends AsyncDisposable {
  readonly graph: OnnxGraph;
  /** The initializers. */
  readonly weights: Checkpoint;
}

/**
 * @throws UnreadableCheckpointError, TruncatedCheckpointError, MalformedCheckpointError, UnsupportedDtypeError,
 *   UnsupportedOnnxError, UnsupportedOperatorError
 */
export function openOnnx(path: string): Promise<OnnxFile> {
  return openWith(path, async (file) => {
    const parts = await partsOf(file);
    const { opset } = parts;
    if (!(opset >= firstOpset && opset <= lastOpset)) {
      throw new UnsupportedOnnxError(
        path,
        `it is written in operator set ${opset}; understood are ${firstOpset} to ${lastOpset}, to which ` +
          'onnx.version_converter brings it',
      );
    }
    const nodes = parts.nodes.map((proto) => nodeOf(proto, opset));
    const initializers = new Set(parts.tensors.keys());
    // Before version 4 of the format, each initializer was an input as well.
    const inputs = parts.inputs.filter(({ name }) => !initializers.has(name));
    checkNames(file, nodes, [...initializers, ...inputs.map(({ name }) => name)], parts.outputs);
    const weights = checkpointOf(file, { format: 'onnx', metadata: {}, tensors: parts.tensors });
    return {
      graph: { opset, nodes, inputs, outputs: parts.outputs },
      weights,
      [Symbol.asyncDispose]: () => weights[Symbol.asyncDispose](),
    };
  });
}

interface Parts {
  opset: number;
  readonly nodes: NodeProto[];
  readonly inputs: Port[];
  readonly outputs: Port[];
  readonly tensors: Map<string, StoredTensor>;
}

async function partsOf(file: CheckpointFile): Promise<Parts> {
  const parts: Parts = { opset: 0, nodes: [], inputs: [], outputs: [], tensors: new Map() };
  for await (const field of fieldsIn(file, 0, file.size)) {
    if (field.number === modelFields.operatorSet) {
      const { domain, version } = await decoded(file, field, 'OperatorSetIdProto');
      if (isStandard(domain)) parts.opset = wholeOf(version);
    } else if (field.number === modelFields.graph) {
      await readGraph(file, field, parts);
    }
  }
  if (parts.nodes.length === 0) throw malformed(file, 'it holds no graph');
  return parts;
}

async function readGraph(file: CheckpointFile, { begin, end }: Field, parts: Parts): Promise<void> {
  for await (const field of fieldsIn(file, begin, end)) {
    switch (field.number) {
      case graphFields.node:
        parts.nodes.push(await decoded(file, field, 'NodeProto'));
        break;
      case graphFields.input:
        parts.inputs.push(portOf(await decoded(file, field, 'ValueInfoProto')));
        break;
      case graphFields.output:
        parts.outputs.push(portOf(await decoded(file, field, 'ValueInfoProto')));
        break;
      case graphFields.initializer: {
        const [name, stored] = await initializerOf(file, field);
        if (parts.tensors.has(name)) throw malformed(file, `two of its initializers are called "${name}"`);
        parts.tensors.set(name, stored);
        break;
      }
      case graphFields.sparseInitializer:
        throw new UnsupportedOnnxError(file.path, 'some of its weights are stored as sparse tensors');
    }
  }
}

/** Everything but the values is read; of values that are kept as bytes, the place. */
async function initializerOf(file: CheckpointFile, { begin, end }: Field): Promise<[string, StoredTensor]> {
  const pieces: Uint8Array[] = [];
  let values: Field | undefined;
  let position = begin;
  for await (const field of fieldsIn(file, begin, end)) {
    if (field.number === tensorFields.rawData) values = field;
    else pieces.push(await file.read(position, field.end));
    position = field.end;
  }
  const proto = orMalformed(file, begin, () => decode('TensorProto', Buffer.concat(pieces)));
  if (proto.dataLocation === externalLocation) {
    throw new UnsupportedOnnxError(
      file.path,
      `the values of "${proto.name}" lie in another file; import the model where that file lies beside it`,
    );
  }
  const type = typeOf(file.path, proto);
  const place = values ? values.begin : bytesOf(file.path, proto);
  const stored = { ...type, place };
  checkExtent(file, 'ONNX', proto.name, stored, values ? values.end - values.begin : Infinity);
  return [proto.name, stored];
}

async function decoded<Name extends Parameters<typeof decode>[0]>(
  file: CheckpointFile,
  { begin, end }: Field,
  name: Name,
): Promise<ReturnType<typeof decode<Name>>> {
  const bytes = await file.read(begin, end);
  return orMalformed(file, begin, () => decode(name, bytes));
}

function portOf({ name, type }: ValueInfoProto): Port {
  const tensorType = type?.tensorType;
  return {
    name,
    isInteger: !floatTypes.has(tensorType?.elemType ?? 0),
    shape: tensorType?.shape?.dim.map(({ dimValue, dimParam }) => {
      const length = wholeOf(dimValue);
      return dimParam === '' && length > 0 ? length : undefined;
    }),
  };
}

function isStandard(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

function nodeOf(proto: NodeProto, opset: number): OnnxNode {
  const { opType, domain, input, output } = proto;
  const name = proto.name || output[0] || opType;
  if (!isStandard(domain)) throw new UnsupportedOperatorError(`${domain}.${opType}`, opset, name);
  const attributes = proto.attribute.map((attribute): [string, Attribute] => {
    const value = attributeOf(attribute);
    if (value === undefined) {
      throw new UnsupportedOperatorError(
        opType,
        opset,
        name,
        `its attribute ${attribute.name} is no plain value`,
      );
    }
    return [attribute.name, value];
  });
  return {
    name,
    operator: opType,
    inputs: input,
    outputs: output,
    attributes: new Map(attributes),
    metadata: new Map(proto.metadataProps.map(({ key, value }) => [key, value])),
  };
}

function attributeOf({ type, f, i, s, t, floats, ints, strings }: AttributeProto): Attribute | undefined {
  switch (type) {
    case attributeTypes.float:
      return f;
    case attributeTypes.int:
      return wholeOf(i);
    case attributeTypes.string:
      return Buffer.from(s).toString('utf8');
    case attributeTypes.tensor:
      return t ?? undefined;
    case attributeTypes.floats:
      return floats;
    case attributeTypes.ints:
      return ints.map(wholeOf);
    case attributeTypes.strings:
      return strings.map((bytes) => Buffer.from(bytes).toString('utf8'));
    default:
      return undefined;
  }
}

/** Every value is made once, and before it is read. */
function checkNames(
  file: CheckpointFile,
  nodes: readonly OnnxNode[],
  given: readonly string[],
  outputs: readonly Port[],
): void {
  const known = new Set(given);
  const require = (name: string, reader: string): void => {
    if (name === '' || known.has(name)) return;
    const [nearest] = closest(name, [...known]);
    const advice = nearest === undefined ? '' : ` (is "${nearest}" meant?)`;
    throw malformed(file, `${reader} reads "${name}", which nothing before it makes${advice}`);
  };
  for (const { name: node, inputs, outputs: made } of nodes) {
    for (const input of inputs) require(input, `node "${node}"`);
    for (const name of made.filter((output) => output !== '')) {
      if (known.has(name))
        throw malformed(file, `"${name}" is made twice, the second time by node "${node}"`);
      known.add(name);
    }
  }
  for (const { name } of outputs) require(name, 'its output');
  if (outputs.length === 0) throw malformed(file, 'it has no output');
}
