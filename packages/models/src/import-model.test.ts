import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CheckpointMismatchError, UnreadableCheckpointError } from './checkpoint/checkpoint-errors.ts';
import { encodeSafetensors } from './checkpoint/write-safetensors.ts';
import { FixedSizeError, UnrecognizedCheckpointError } from './errors.ts';
import { checkModel, importModel } from './import-model.ts';
import { sha256OfFile } from './model.ts';
import { moduleNames } from './module-names.ts';
import { parseFixture, type Fixture } from './parity/fixture.ts';
import { syntheticWeight } from './parity/synthetic-tensor.ts';
import type { Preprocessing } from './preprocessing.ts';
import { loadRegisteredModel } from './registry.ts';
import { sharedMaterial } from './testing/shared-material.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { floatStorage, legacyFile, tensor, zippedFile } from './testing/torch-files.ts';

const folder = temporaryFolder();
let home: string;
let homes = 0;

beforeAll(async () => {
  await startBackend();
});

beforeEach(() => {
  home = folder.path(`home${homes++}`);
});

/** A fixture of the parity tests, which lists the tensors of a checkpoint as it is published. */
async function fixture(name: string): Promise<Fixture> {
  const path = fileURLToPath(new URL(`./parity/fixtures/${name}.json`, import.meta.url));
  return parseFixture(JSON.parse(await readFile(path, 'utf8')));
}

function weightsOf({ tensors }: Fixture): Uint8Array {
  return encodeSafetensors(
    Object.entries(tensors).map(([name, shape]) => ({ name, shape, values: syntheticWeight(name, shape) })),
    { dtype: 'F16' },
  );
}

/** A folder as Hugging Face publishes it. */
async function published(name: string, files: Readonly<Record<string, object>>): Promise<string> {
  const path = folder.path(name);
  await mkdir(path, { recursive: true });
  for (const [file, contents] of Object.entries(files)) {
    const bytes = contents instanceof Uint8Array ? contents : JSON.stringify(contents);
    await writeFile(folder.path(name, file), bytes);
  }
  return path;
}

function savedByTorch({ tensors }: Fixture) {
  const entries = Object.entries(tensors).map(([name, shape], index) => {
    const storage = floatStorage(String(index), [...syntheticWeight(name, shape)]);
    return { storage, entry: [`module.${name}`, tensor(storage, shape)] as const };
  });
  return {
    root: new Map([['state_dict', new Map(entries.map(({ entry }) => entry))]]),
    storages: entries.map(({ storage }) => storage),
  };
}

describe('weights that PyTorch saved', () => {
  test.each(['zip', 'legacy'])(
    'as %s become one safetensors file, whose origin is recorded',
    async (format) => {
      const { root, storages } = savedByTorch(await fixture('cifar_resnet20'));
      const path = folder.path(`resnet20-${format}.th`);
      await writeFile(path, (format === 'zip' ? zippedFile : legacyFile)(root, storages));
      const { manifest, weightsPath } = await importModel(path, undefined, { home });
      expect(manifest).toMatchObject({
        architecture: 'cifar_resnet',
        variant: 'resnet20',
        checkpoint: { format: 'safetensors', sha256: await sha256OfFile(weightsPath) },
        origin: { format: 'pytorch', file: `resnet20-${format}.th`, sha256: await sha256OfFile(path) },
      });
      expect(readdirSync(`${home}/models`)).toEqual([`resnet20-${format}`]);

      const model = await loadRegisteredModel(manifest.name, home);
      expect(model.hookPoint('layer1.0.conv2').channels).toBe(16);
      model.dispose();
    },
  );

  test('are the same model whatever the container', async () => {
    const { root, storages } = savedByTorch(await fixture('cifar_resnet20'));
    const paths = ['one.pth', 'other.pth'].map((name) => folder.path(name));
    await writeFile(paths[0]!, zippedFile(root, storages));
    await writeFile(paths[1]!, legacyFile(root, storages));
    const [one, other] = [
      await importModel(paths[0]!, undefined, { home }),
      await importModel(paths[1]!, undefined, { home }),
    ];
    expect(one.manifest.digest).toBe(other.manifest.digest);
  });
});

describe('a folder of Hugging Face', () => {
  const vit = async (more: Readonly<Record<string, object>> = {}) => {
    const described = await fixture('hf_vit_small_128');
    const files = { 'model.safetensors': weightsOf(described), 'config.json': described.config!, ...more };
    return published('vit-small', files);
  };

  test('says its network, its preprocessing and its classes', async () => {
    const { config } = await fixture('hf_vit_small_128');
    const labels = Object.keys(config!.id2label as object).map((id) => [id, `kind ${id}`]);
    const path = await vit({
      'config.json': { ...config, id2label: Object.fromEntries(labels) },
      'preprocessor_config.json': {
        size: { height: 128, width: 128 },
        image_mean: [0.5, 0.5, 0.5],
        image_std: [0.25, 0.25, 0.25],
        resample: 3,
      },
    });
    const { manifest } = await importModel(path, undefined, { home });
    expect(manifest).toMatchObject({
      name: 'vit-small',
      architecture: 'vit',
      preprocessing: { height: 128, width: 128, std: [0.25, 0.25, 0.25], interpolation: 'bicubic', crop: 1 },
    });
    expect(manifest.classes).toEqual(labels.map(([, name]) => name));
    expect(manifest.origin).toBeUndefined();

    const model = await loadRegisteredModel('vit-small', home);
    expect(model.hookPoints).toEqual(manifest.hookPoints);
    model.dispose();
  });

  test('gives way to what the import says', async () => {
    const { manifest } = await importModel(await vit(), 'vit', { home, preprocessing: { scale: 2 } });
    expect(manifest.preprocessing.scale).toBe(2);
  });

  test('cannot be read at another size than that of its positions', async () => {
    const attempt = importModel(await vit(), 'vit', { home, preprocessing: { height: 96 } });
    await expect(attempt).rejects.toThrow(FixedSizeError);
    await expect(attempt).rejects.toThrow('128×128 only, not of 96×128');
  });

  test('keeps the size of its positions, where photographs are configured to be smaller', async () => {
    const path = await vit({ 'preprocessor_config.json': { size: 96, crop_size: 96 } });
    const { preprocessing, selfTest } = (await importModel(path, undefined, { home })).manifest;
    expect(preprocessing).toMatchObject({ height: 128, width: 128 });
    expect(selfTest.warnings).toContain('It reads images of 128×128, where its configuration says 96×96');
  });

  test('of a text tower is tested on tokens', async () => {
    const described = await fixture('hf_clip_text_sd1_small');
    const path = await published('text-tower', {
      'model.safetensors': weightsOf(described),
      'config.json': { ...described.config, model_type: 'clip_text_model' },
    });
    const { manifest } = await importModel(path, undefined, { home });
    expect(manifest.architecture).toBe('clip_text_model');
    expect(manifest.selfTest.images).toBe(2);
    expect((await checkModel('text-tower', { home })).layers).toEqual(manifest.selfTest.layers);
  });
});

describe('an import', () => {
  const mini = async (name: string, change = (tensors: Fixture['tensors']) => tensors) => {
    const described = await fixture('squeezenet1_1');
    const path = folder.path(`${name}.safetensors`);
    await writeFile(path, weightsOf({ ...described, tensors: change(described.tensors) }));
    return path;
  };

  test('recognizes the network by its tensors', async () => {
    const model = await importModel(await mini('nameless'), undefined, { home });
    expect(model.manifest).toMatchObject({ architecture: 'squeezenet', variant: 'squeezenet1_1' });
    const modules = await moduleNames(model);
    expect(modules.get('features.3.expand1x1')).toEqual(['features.3.expand1x1_activation']);
  });

  test('of no known network says what it holds', async () => {
    const path = await mini('unknown', () => ({ 'head.weight': [10, 10] }));
    const attempt = importModel(path, undefined, { home });
    await expect(attempt).rejects.toThrow(UnrecognizedCheckpointError);
    await expect(attempt).rejects.toThrow('it holds 1 tensors, such as head.weight');
  });

  test('of a network that lacks tensors names them', async () => {
    const path = await mini('lacking', (tensors) =>
      Object.fromEntries(Object.entries(tensors).filter(([name]) => name !== 'features.0.bias')),
    );
    const attempt = importModel(path, 'squeezenet', { home });
    await expect(attempt).rejects.toThrow(CheckpointMismatchError);
    await expect(attempt).rejects.toThrow('features.0.bias is missing');
  });

  test('of a path that is not there is refused', async () => {
    await expect(importModel(folder.path('nowhere'), undefined, { home })).rejects.toThrow(
      UnreadableCheckpointError,
    );
  });

  test('with a range that the weights were not trained on warns', async () => {
    const pixels = { scale: 255, mean: [0, 0, 0], std: [1, 1, 1] };
    const { manifest } = await importModel(await mini('range'), undefined, { home, preprocessing: pixels });
    expect(manifest.selfTest.warnings.join()).toMatch(
      /values from 0\.00 to 255, .* trained on -2\.12 to 2\.64/,
    );
  });

  test('leaves no tensor on the engine, and no file but the model', async () => {
    const path = await mini('tidy');
    const before = tf.memory().numTensors;
    const photographs = ({ height, width }: Preprocessing) =>
      Promise.resolve({ images: tf.randomUniform<tf.Rank.R4>([4, height, width, 3]) });
    await importModel(path, undefined, { home, photographs });
    expect(tf.memory().numTensors).toBe(before);
    expect(readdirSync(`${home}/models`)).toEqual(['tidy']);
  });
});

describe.skipIf(!sharedMaterial.present)(`trained weights${sharedMaterial.note}`, () => {
  test.each([
    ['resnet56-4bfd9763.th', 'cifar_resnet', 'resnet56'],
    ['dit_mnist_classcond.pth', 'dit_mnist', 'dit_mnist'],
  ])('of %s are recognized', async (file, architecture, variant) => {
    const { manifest } = await importModel(sharedMaterial.path('models', file), undefined, { home });
    expect(manifest).toMatchObject({ architecture, variant });
  });
});
