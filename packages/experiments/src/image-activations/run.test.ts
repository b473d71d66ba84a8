import { encodeSafetensors } from '@fovea/models';
import { tinyModel } from '@fovea/interp/testing';
import { startBackend } from '@fovea/tensor';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../kind.ts';
import { imageActivations } from './index.ts';
import {
  dictionarySchema,
  imageActivationsInput,
  imageActivationsResult,
  imageActivationsSchema,
} from './schema.ts';

const imageKey = 'a'.repeat(64);
const vectorsKey = 'b'.repeat(64);
let objects: Map<string, Uint8Array>;

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
  const photograph = await sharp({
    create: { width: 40, height: 30, channels: 3, background: { r: 200, g: 40, b: 90 } },
  })
    .jpeg()
    .toBuffer();
  objects = new Map([[imageKey, photograph]]);
});

async function run(given: object = {}) {
  const input = imageActivationsInput.parse({ model: 'tiny', image: imageKey, layers: ['relu'], ...given });
  const events: RunEvent[] = [];
  const experiment = imageActivations.run(input, {
    loadModel: async () => tinyModel(),
    loadDataset: (name) => Promise.reject(new Error(`No dataset ${name} in this test`)),
    loadObject: async (key) => objects.get(key)!,
    seed: 0,
    signal: new AbortController().signal,
    provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
  });
  for (;;) {
    const next = await experiment.next();
    if (next.done)
      return { events, result: imageActivationsResult.parse(next.value), files: filesOf(events) };
    events.push(next.value);
  }
}

const filesOf = (events: readonly RunEvent[]) =>
  new Map(events.flatMap((event) => (event.type === 'artifact' ? [[event.name, event.bytes] as const] : [])));

describe('the units that fire in an image', () => {
  test('are named at every position and in all, each with its map', async () => {
    const { result, files } = await run({ perPosition: 2, firing: 3 });
    const [relu] = result.layers;
    expect(relu).toMatchObject({ layer: 'relu', tokens: 'all', units: 4, grid: [24, 24], relative: false });
    const dictionary = dictionarySchema.parse(
      JSON.parse(new TextDecoder().decode(files.get(relu!.dictionary))),
    );
    expect([dictionary.channels.length, dictionary.channels[0]!.length]).toEqual([24 * 24, 2]);
    const { artifact, offset, shape } = relu!.maps;
    const file = files.get(artifact)!;
    const maps = new Float32Array(Uint8Array.from(file.subarray(offset)).buffer);
    expect(shape).toEqual([4, 24, 24]);
    for (const { channel, maximum, position } of relu!.firing)
      expect(maps[channel * 24 * 24 + position]).toBeCloseTo(maximum, 5);
    const [first] = relu!.firing;
    expect(dictionary.channels[first!.position]![0]).toBe(first!.channel);
    const { width, height } = await sharp(files.get('image.png')).metadata();
    expect([width, height]).toEqual([24, 24]);
  });

  test('are measured by what a sweep found usual, where its vectors are given', async () => {
    const plain = await run();
    const strongest = plain.result.layers[0]!.firing[0]!;
    // A sweep in which the strongest unit of this image was always far stronger than here.
    const vectors = Float32Array.from({ length: 4 * 10 }, (_, at) =>
      Math.floor(at / 10) === strongest.channel ? 1000 * strongest.maximum : 0.01,
    );
    const tensor = (name: string, values: Float32Array) => ({ name, shape: [4, 10], values });
    objects.set(
      vectorsKey,
      encodeSafetensors([tensor('vectors', vectors), tensor('means', new Float32Array(40))], {
        dtype: 'F32',
      }),
    );
    const { result } = await run({ usual: { relu: vectorsKey } });
    expect(result.layers[0]).toMatchObject({ relative: true });
    expect(result.layers[0]!.firing[0]!.channel).not.toBe(strongest.channel);
  });

  test('cannot be told of what is no image, or measured by what is no sweep', async () => {
    await expect(run({ image: vectorsKey })).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      fault: 'input',
    });
    await expect(run({ usual: { relu: imageKey } })).rejects.toMatchObject({
      code: 'SWEEP_VECTORS_UNSUITABLE',
    });
  });

  test('are the same to the last byte when told again', async () => {
    const [first, second] = [await run(), await run()];
    for (const [name, bytes] of first.files)
      expect([name, Buffer.compare(bytes, second.files.get(name)!)]).toEqual([name, 0]);
  });
});

test('layers that are not there are refused, with the nearest', async () => {
  const input = imageActivationsInput.parse({
    model: 'tiny',
    image: imageKey,
    layers: ['rleu'],
    usual: { conv: vectorsKey },
  });
  const issues = imageActivationsSchema.check(input, tinyModel());
  expect(issues.map(({ path, nearest }) => [path, nearest])).toEqual([
    [['layers', 0], expect.arrayContaining(['relu'])],
    [['usual', 'conv'], expect.anything()],
  ]);
});
