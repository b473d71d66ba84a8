import { readFile, readdir, writeFile, mkdir } from 'node:fs/promises';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CheckpointMismatchError,
  CorruptCheckpointError,
  NonFiniteWeightsError,
  TruncatedCheckpointError,
} from './checkpoint/checkpoint-errors.ts';
import {
  ChannelCountError,
  ClassCountError,
  InvalidModelNameError,
  MalformedManifestError,
  ModelExistsError,
  NonFiniteActivationsError,
  UnknownArchitectureError,
  UnknownModelError,
  UnknownVariantError,
} from './errors.ts';
import { importModel } from './import-model.ts';
import { findArchitecture } from './known-architectures.ts';
import { networkOf } from './network.ts';
import { findModel, listModels, loadRegisteredModel, register, removeModel } from './registry.ts';
import { encodeSafetensors, type NamedTensor } from './checkpoint/write-safetensors.ts';
import { syntheticWeight } from './parity/synthetic-tensor.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const folder = temporaryFolder();
let home: string;
let homes = 0;

function tensorsOf(architecture: string): NamedTensor[] {
  return networkOf(findArchitecture(architecture).variants[0]).tensors.map(({ name, shape }) => ({
    name,
    shape,
    values: syntheticWeight(name, shape),
  }));
}

/** A file of weights, by default sound ones of `fovea_mini`. */
async function checkpoint(name: string, tensors = tensorsOf('fovea_mini')): Promise<string> {
  const path = folder.path(`${name}.safetensors`);
  await writeFile(path, encodeSafetensors(tensors, { dtype: 'F16' }));
  return path;
}

beforeAll(async () => {
  await startBackend();
});

beforeEach(() => {
  home = folder.path(`home${homes++}`);
});

describe('an imported model', () => {
  test('is listed, found, loaded and removed', async () => {
    const { manifest } = await importModel(await checkpoint('mine'), 'fovea_mini', { home, license: 'CC0' });
    expect(manifest).toMatchObject({ name: 'mine', architecture: 'fovea_mini', license: 'CC0' });
    expect((await listModels(home)).map((model) => model.manifest.name)).toContain('mine');
    expect((await findModel('mine', home)).manifest).toEqual(manifest);

    const model = await loadRegisteredModel('mine', home);
    expect(model.digest).toBe(manifest.digest);
    expect(model.hookPoints).toEqual(manifest.hookPoints);
    model.dispose();

    await removeModel('mine', home);
    await expect(findModel('mine', home)).rejects.toThrow(UnknownModelError);
  });

  test('leaves no tensor on the engine', async () => {
    const before = tf.memory().numTensors;
    await importModel(await checkpoint('flat'), 'fovea_mini', { home });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('takes one number of the preprocessing for all channels', async () => {
    const preprocessing = { mean: [0.4], std: [0.5] };
    const { manifest } = await importModel(await checkpoint('even'), 'fovea_mini', { home, preprocessing });
    expect(manifest.preprocessing).toMatchObject({ mean: [0.4, 0.4, 0.4], std: [0.5, 0.5, 0.5] });
  });

  test.each(['mean', 'std'])('is refused with a %s of another number of channels', async (part) => {
    const options = { home, preprocessing: { [part]: [0.4, 0.5] } };
    const attempt = importModel(await checkpoint('uneven'), 'fovea_mini', options);
    await expect(attempt).rejects.toThrow(ChannelCountError);
    await expect(attempt).rejects.toThrow(`reads 3 channels, and the preprocessing's ${part} has 2 values`);
  });

  test('has another digest under another preprocessing', async () => {
    const path = await checkpoint('digest');
    const usual = await importModel(path, 'fovea_mini', { home, name: 'usual' });
    const other = await importModel(path, 'fovea_mini', { home, name: 'other', preprocessing: { scale: 2 } });
    expect(other.manifest.checkpoint).toEqual(usual.manifest.checkpoint);
    expect(other.manifest.digest).not.toBe(usual.manifest.digest);
  });

  test('may be imported again, but another model may not take its name', async () => {
    const path = await checkpoint('again');
    await importModel(path, 'fovea_mini', { home });
    const { manifest } = await importModel(path, 'fovea_mini', { home, source: 'a second time' });
    expect(manifest.source).toBe('a second time');
    const other = importModel(path, 'fovea_mini', { home, preprocessing: { scale: 2 } });
    await expect(other).rejects.toThrow(ModelExistsError);
  });

  test('may be registered by two at the same time', async () => {
    const path = await checkpoint('twice');
    const { manifest } = await importModel(path, 'fovea_mini', { home: `${home}b` });
    const both = await Promise.all([register(manifest, path, home), register(manifest, path, home)]);
    expect(both.map((model) => model.manifest)).toEqual([manifest, manifest]);
    expect(await readdir(`${home}/models`)).toEqual(['twice']);
  });

  test('takes class names, without the background class that some lists begin with', async () => {
    const classes = Array.from({ length: 27 }, (_, index) => `class ${index}`);
    const path = await checkpoint('classes');
    const { manifest } = await importModel(path, 'fovea_mini', { home, classes: ['background', ...classes] });
    expect(manifest.classes).toEqual(classes);
    const short = importModel(path, 'fovea_mini', { home, name: 'short', classes: ['only one'] });
    await expect(short).rejects.toThrow(ClassCountError);
  });

  test('that nobody imported is unknown, and the nearest is named', async () => {
    await importModel(await checkpoint('mine'), 'fovea_mini', { home });
    await expect(findModel('mien', home)).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
      nearest: expect.arrayContaining(['mine']) as unknown,
    });
  });
});

describe('an import fails and leaves nothing', () => {
  const expectRefusal = async (attempt: Promise<unknown>, error: new (...args: never[]) => Error) => {
    await expect(attempt).rejects.toThrow(error);
    expect(await readdir(home).catch(() => [])).toEqual([]);
  };

  test('of an unknown architecture or variant', async () => {
    const path = await checkpoint('sound');
    await expectRefusal(importModel(path, 'inceptionv3', { home }), UnknownArchitectureError);
    await expectRefusal(importModel(path, 'fovea_mini', { home, variant: 'caffe' }), UnknownVariantError);
  });

  test.each(['../escape', '/etc', '.hidden', 'a/b', '', 'a\0b', '<b>', 'x'.repeat(65)])(
    'under the name %j',
    async (name) => {
      await expectRefusal(
        importModel(await checkpoint('sound'), 'fovea_mini', { home, name }),
        InvalidModelNameError,
      );
    },
  );

  test('of a truncated file', async () => {
    const path = await checkpoint('truncated');
    await writeFile(path, (await readFile(path)).subarray(0, 100_000));
    await expectRefusal(importModel(path, 'fovea_mini', { home }), TruncatedCheckpointError);
  });

  test('of the weights of another network, which it recognizes', async () => {
    const path = await checkpoint('squeezenet', tensorsOf('squeezenet'));
    const attempt = importModel(path, 'inception_v3', { home });
    await expect(attempt).rejects.toThrow(/This looks like squeezenet/);
    await expectRefusal(attempt, CheckpointMismatchError);
  });

  test('of tensors that are missing, superfluous or of another shape, each of which it names', async () => {
    const [first, second, ...rest] = tensorsOf('fovea_mini');
    const bent = { ...second!, shape: [second!.values.length, 1] };
    const path = await checkpoint('bent', [bent, ...rest, { ...first!, name: 'stray' }]);
    await expect(importModel(path, 'fovea_mini', { home })).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      problems: [
        `${first!.name} is missing`,
        `${second!.name} is [${bent.shape.join(', ')}] instead of [${second!.shape.join(', ')}]`,
        'stray is not used',
      ],
    });
  });

  test('of weights that are not finite', async () => {
    const [first, ...rest] = tensorsOf('fovea_mini');
    const values = first!.values.with(5, Number.NaN);
    const path = await checkpoint('nan', [{ ...first!, values }, ...rest]);
    await expectRefusal(importModel(path, 'fovea_mini', { home }), NonFiniteWeightsError);
  });

  test('of weights whose activations overflow', async () => {
    const huge = tensorsOf('fovea_mini').map((tensor) => ({
      ...tensor,
      values: tensor.values.map((value) => value * 60_000),
    }));
    const path = await checkpoint('huge', huge);
    await expectRefusal(importModel(path, 'fovea_mini', { home }), NonFiniteActivationsError);
  });
});

describe('a registered model that was tampered with is refused', () => {
  test('in its weights', async () => {
    const { weightsPath } = await importModel(await checkpoint('mine'), 'fovea_mini', { home });
    const bytes = await readFile(weightsPath);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(weightsPath, bytes);
    await expect(loadRegisteredModel('mine', home)).rejects.toThrow(CorruptCheckpointError);
  });

  test('in its preprocessing', async () => {
    await importModel(await checkpoint('mine'), 'fovea_mini', { home });
    const path = `${home}/models/mine/model.json`;
    await writeFile(path, (await readFile(path, 'utf8')).replace('"scale": 1', '"scale": 255'));
    await expect(findModel('mine', home)).rejects.toThrow(MalformedManifestError);
  });

  test('in the form of its manifest', async () => {
    await mkdir(`${home}/models/odd`, { recursive: true });
    await writeFile(`${home}/models/odd/model.json`, '{"name": 5');
    await expect(findModel('odd', home)).rejects.toThrow(MalformedManifestError);
  });

  test('until it is imported again', async () => {
    const path = await checkpoint('mine');
    const { weightsPath, manifest } = await importModel(path, 'fovea_mini', { home });
    await writeFile(weightsPath, 'nothing');
    await writeFile(`${home}/models/mine/model.json`, '{}');
    expect((await importModel(path, 'fovea_mini', { home })).manifest).toEqual(manifest);
    (await loadRegisteredModel('mine', home)).dispose();
  });
});
