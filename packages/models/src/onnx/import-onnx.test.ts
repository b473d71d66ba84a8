import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { FixedSizeError } from '../errors.ts';
import { checkModel, importModel } from '../import-model.ts';
import { loadRegisteredModel } from '../registry.ts';
import { hookedModel } from '../model.ts';
import { moduleNames } from '../module-names.ts';
import { recognizeOnnx } from '../recognize-network.ts';
import { syntheticModel } from '../testing/synthetic-model.ts';
import { syntheticInput } from '../parity/synthetic-tensor.ts';
import { syntheticOnnx, writeSyntheticOnnx } from '../testing/synthetic-onnx.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { schema } from './schema.ts';

const folder = temporaryFolder();

async function imported(name: string, options: Parameters<typeof importModel>[2] = {}) {
  const path = folder.path(`${name}.onnx`);
  await writeSyntheticOnnx(name, path);
  return importModel(path, undefined, { home: folder.path('home'), ...options });
}

beforeAll(async () => {
  await startBackend();
});

describe('an imported ONNX file', () => {
  test('is a registered model as any other, in the file as it is', async () => {
    const { manifest, weightsPath } = await imported('gray');
    expect(manifest).toMatchObject({
      name: 'gray',
      architecture: 'onnx',
      checkpoint: { format: 'onnx' },
      parameters: 6 * 25 + 6 + 4 * 6 + 10 * 6 * 9 + 10 + 10 * 4 + 4,
      preprocessing: { height: 224, width: 224, scale: 1, mean: [0], std: [1] },
    });
    expect(await readFile(weightsPath)).toEqual(Buffer.from(syntheticOnnx('gray')));
    await expect(checkModel('gray', { home: folder.path('home') })).resolves.toHaveProperty('layers');

    const model = await loadRegisteredModel('gray', folder.path('home'));
    expect(model.fixedSize).toBe(false);
    expect(model.inputs[0]).toMatchObject({ shape: [224, 224, 1], axes: ['height', 'width', 'channel'] });
    expect(model.hookPoints.at(-1)).toMatchObject({ kind: 'logits', shape: [4] });
    model.dispose();
  });

  test('warns that it does not know the range of values, unless it is told', async () => {
    const range = /does not say which values/;
    const { manifest } = await imported('channels_last', {
      name: 'assumed',
      preprocessing: { height: 24, width: 28 },
    });
    expect(manifest.selfTest.warnings.join(' ')).toMatch(range);
    const told = await imported('channels_last', {
      name: 'told',
      preprocessing: { height: 24, width: 28, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    });
    expect(told.manifest.selfTest.warnings.join(' ')).not.toMatch(range);
    expect(told.manifest.preprocessing).toMatchObject({ height: 24, width: 28, std: [0.5, 0.5, 0.5] });
  });

  test('refuses a preprocessing for another number of channels', async () => {
    const preprocessing = { mean: [0, 0, 0], std: [1, 1, 1] };
    await expect(imported('bands', { preprocessing })).rejects.toThrow(/reads 7 channels/);
  });

  test("has the names of PyTorch's modules besides", async () => {
    const registered = await imported('mobile', { preprocessing: { height: 48, width: 40 } });
    const modules = await moduleNames(registered);
    const names = [...modules.values()].flat();
    expect(names).toEqual(expect.arrayContaining(['blocks.1.block.2.fc1', 'blocks.1', 'head.2']));
    const other = await moduleNames(await imported('vit_dynamo'));
    expect([...other.values()].flat()).toEqual(
      expect.arrayContaining(['blocks.1.mlp.fc1', 'blocks.1', 'head']),
    );
  });

  test.each(['vit', 'vit_dynamo'])('of a fixed size says so: %s', async (name) => {
    const { manifest } = await imported(name, { name: `${name}_fixed` });
    expect(manifest.preprocessing).toMatchObject({ height: 24, width: 32 });
    const model = await loadRegisteredModel(`${name}_fixed`, folder.path('home'));
    expect(model.fixedSize).toBe(true);
    model.dispose();
    await expect(imported(name, { preprocessing: { height: 52 } })).rejects.toThrow(FixedSizeError);
  });

  test('calls axes and kinds as networks of ours do', async () => {
    const { manifest } = await imported('vit', { name: 'axes' });
    const point = (name: string) => manifest.hookPoints.find((each) => each.name === name);
    expect(point('/blocks/blocks.0/attn/Softmax_output_0')).toMatchObject({
      kind: 'softmax',
      shape: [3, 13, 13],
      axes: ['head', 'query', 'key'],
    });
    expect(point('/blocks/blocks.0/attn/MatMul_1_output_0')).toMatchObject({
      shape: [3, 13, 4],
      axes: ['head', 'position', 'channel'],
    });
    expect(point('/patch_embed/proj/Conv_output_0')).toMatchObject({
      kind: 'conv',
      shape: [3, 4, 12],
      axes: ['height', 'width', 'channel'],
      receptiveField: { size: 8, stride: 8, offset: 3.5 },
    });
  });
});

describe('ResNet-18 as ONNX', () => {
  test('has the activations of the native network, under the same names', async () => {
    const path = folder.path('native.onnx');
    await writeSyntheticOnnx('resnet18', path);
    const recognized = await recognizeOnnx(path, { preprocessing: { height: 64, width: 80 } });
    const { network, weights, naming } = recognized;
    const model = hookedModel(
      { name: 'resnet18', digest: '0'.repeat(64), ...recognized },
      network,
      weights,
      naming,
    );
    const native = await syntheticModel('resnet', 'resnet18');

    const blocks = [1, 2, 3, 4].flatMap((stage) => [0, 1].map((block) => `layer${stage}.${block}`));
    const names = [
      'conv1',
      'bn1',
      ...blocks.flatMap((block) => [`${block}.conv1`, `${block}.bn2`, block]),
      'fc',
    ];
    tf.tidy(() => {
      const shape = [2, 3, 64, 80] as const;
      const input = tf.tensor(syntheticInput('input', shape), [...shape]).transpose([0, 2, 3, 1]);
      const ours = native.run(input, { until: names });
      const theirs = model.run(input, { until: names });
      expect(names.map((name) => theirs[name]!.shape)).toEqual(names.map((name) => ours[name]!.shape));
      const off = names.map((name) => {
        const difference = theirs[name]!.sub(ours[name]!).abs().max().div(ours[name]!.abs().max());
        return [name, difference.dataSync()[0]!] as const;
      });
      expect(off.filter(([, by]) => !(by < 1e-5))).toEqual([]);
    });
    model.dispose();
    native.dispose();
  });
});

describe('weights beside the model', () => {
  /** As PyTorch's newer exporter writes it: all weights in one file. */
  async function split(name: string, folderName: string, location = 'weights.data'): Promise<string> {
    const ModelProto = schema.lookupType('onnx.ModelProto');
    const model = ModelProto.decode(syntheticOnnx(name)) as unknown as {
      graph: { initializer: Record<string, unknown>[] };
    };
    const values: Uint8Array[] = [];
    let offset = 0;
    for (const tensor of model.graph.initializer) {
      const rawData = tensor.rawData as Uint8Array;
      const entries = { location, offset: String(offset), length: String(rawData.length) };
      Object.assign(tensor, {
        rawData: new Uint8Array(),
        dataLocation: 1,
        externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
      });
      values.push(rawData);
      offset += rawData.length;
    }
    await mkdir(folder.path(folderName));
    await writeFile(folder.path(folderName, 'model.onnx'), ModelProto.encode(model).finish());
    await writeFile(folder.path(folderName, 'weights.data'), Buffer.concat(values));
    return folder.path(folderName, 'model.onnx');
  }

  test('are put into the one file of the registered model', async () => {
    const path = await split('mobile', 'split');
    const options = { home: folder.path('home'), preprocessing: { height: 48, width: 40 } };
    const { manifest, weightsPath } = await importModel(path, undefined, { ...options, name: 'joined' });
    expect(manifest.origin).toMatchObject({ format: 'onnx', file: 'model.onnx' });
    const whole = await imported('mobile', options);
    expect(manifest.selfTest.layers).toEqual(whole.manifest.selfTest.layers);
    expect(readFileSync(weightsPath).length).toBeGreaterThan(readFileSync(path).length);
  });

  test('are missed, and looked for in no other folder', async () => {
    const alone = folder.path('alone.onnx');
    await copyFile(await split('gray', 'away'), alone);
    await expect(importModel(alone, undefined, { home: folder.path('home') })).rejects.toThrow(
      /weights\.data, which cannot be read/,
    );
    const elsewhere = await split('gray', 'outside', '../away/weights.data');
    await expect(importModel(elsewhere, undefined, { home: folder.path('home') })).rejects.toThrow(
      /not beside it/,
    );
  });
});
