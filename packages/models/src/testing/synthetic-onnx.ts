import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { schema, wholeOf, type TensorProto } from '../onnx/schema.ts';
import { syntheticWeight } from '../parity/synthetic-tensor.ts';

const floatType = 1;

export function onnxFixture(file: string): string {
  return fileURLToPath(new URL(`../onnx/fixtures/${file}`, import.meta.url));
}

/** The bytes of a model of the fixtures, with the weights that it leaves out: they are functions of their names. */
export function syntheticOnnx(name: string): Uint8Array {
  const ModelProto = schema.lookupType('onnx.ModelProto');
  const model = ModelProto.decode(readFileSync(onnxFixture(`${name}.onnx`))) as unknown as {
    graph: { initializer: (TensorProto & { rawData: Uint8Array })[] };
  };
  for (const tensor of model.graph.initializer) {
    if (tensor.dataType !== floatType || tensor.rawData.length > 0 || tensor.floatData.length > 0) continue;
    const { buffer } = syntheticWeight(tensor.name, tensor.dims.map(wholeOf));
    tensor.rawData = new Uint8Array(buffer);
  }
  return ModelProto.encode(model).finish();
}

export async function writeSyntheticOnnx(name: string, path: string): Promise<void> {
  await writeFile(path, syntheticOnnx(name));
}
