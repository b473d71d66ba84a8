import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { Checkpoint } from './checkpoint.ts';
import { elementCount } from './stored-tensor.ts';
import { convertToSafetensors } from './write-safetensors.ts';

const folder = temporaryFolder();

/** Shapes of ViT-B/16, whose file is 346 MB long. */
function vitShapes(): Map<string, number[]> {
  const [width, depth] = [768, 12];
  const block = [[width], [width], [3 * width, width], [3 * width], [width, width], [width]].concat([
    [width],
    [width],
    [4 * width, width],
    [4 * width],
    [width, 4 * width],
    [width],
  ]);
  const shapes = [[1, 1, width], [1, 197, width], [width, 3, 16, 16], [width]]
    .concat(Array.from({ length: depth }, () => block).flat())
    .concat([[width], [width], [1000, width], [1000]]);
  return new Map(shapes.map((shape, index) => [`tensor${index}`, shape]));
}

/** Tensors that come into being only when they are read. */
function syntheticCheckpoint(shapes: ReadonlyMap<string, number[]>): Checkpoint {
  const read = async (name: string) => new Float32Array(elementCount(shapes.get(name)!)).fill(0.5);
  return {
    format: 'safetensors',
    metadata: {},
    tensors: new Map([...shapes].map(([name, shape]) => [name, { shape, dtype: 'F32' }])),
    read,
    readStored: async (name) => new Uint8Array((await read(name)).buffer),
    [Symbol.asyncDispose]: async () => {},
  };
}

test('loading 350 MB of weights takes less than 1.3 times as much memory at its peak', async () => {
  const path = folder.path('large.safetensors');
  const shapes = vitShapes();
  await convertToSafetensors(syntheticCheckpoint(shapes), path);
  const { size } = await stat(path);
  expect(size).toBeGreaterThan(340e6);

  const script = fileURLToPath(new URL('../testing/load-weights.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, path, 'wasm']);
  const { tensors, grown } = JSON.parse(stdout) as { tensors: number; grown: number };
  expect(tensors).toBe(shapes.size);
  expect(grown / size).toBeGreaterThan(1);
  expect(grown / size).toBeLessThan(1.3);
});
