import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectRefusedWhenCut, expectSafeWhenFlipped, readSafely } from '../testing/damage.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { floatStorage, tensor, zippedFile } from '../testing/torch-files.ts';
import {
  PipelineFolderError,
  UnknownCheckpointFormatError,
  UnreadableCheckpointError,
} from './checkpoint-errors.ts';
import { openModelSource } from './model-source.ts';
import { readPipeline } from './pipeline.ts';
import { encodeSafetensors } from './write-safetensors.ts';

const folder = temporaryFolder();

function safetensors(...names: string[]): Uint8Array {
  const values = new Float32Array([1, 2]);
  return encodeSafetensors(
    names.map((name) => ({ name, shape: [2], values })),
    { dtype: 'F32' },
  );
}

const storage = floatStorage('0', [1, 2]);
const pytorch = zippedFile(new Map([['weight', tensor(storage)]]), [storage]);

/** Files by their names within a folder. */
async function lay(name: string, files: Readonly<Record<string, Uint8Array | object>>): Promise<string> {
  for (const [file, contents] of Object.entries(files)) {
    const path = folder.path(name, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents instanceof Uint8Array ? contents : JSON.stringify(contents));
  }
  return folder.path(name);
}

async function namesIn(path: string): Promise<string[]> {
  await using source = await openModelSource(path);
  return [...source.checkpoint.tensors.keys()].toSorted();
}

const shards = {
  'model.safetensors.index.json': {
    metadata: { total_size: 16 },
    weight_map: { a: 'model-00001-of-00002.safetensors', b: 'model-00002-of-00002.safetensors' },
  },
  'model-00001-of-00002.safetensors': safetensors('a'),
  'model-00002-of-00002.safetensors': safetensors('b'),
};

describe('a file', () => {
  test.each([
    ['weights.pt', safetensors('weight'), 'safetensors'],
    ['pytorch_model.safetensors', pytorch, 'pytorch'],
  ])('is read by what it holds, not by its name (%s)', async (name, contents, format) => {
    await lay('misnamed', { [name]: contents });
    await using source = await openModelSource(folder.path('misnamed', name));
    expect(source.checkpoint.format).toBe(format);
    expect(source.config).toBeUndefined();
  });

  test('of a published folder comes with its configuration', async () => {
    await lay('vit', { 'model.safetensors': safetensors('a'), 'config.json': { model_type: 'vit' } });
    await using source = await openModelSource(folder.path('vit', 'model.safetensors'));
    expect(source.config).toEqual({ model_type: 'vit' });
  });

  test.each([
    ['text', Buffer.from('Once upon a time, there was a network.')],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('of %s is refused, with the formats that are read', async (_, contents) => {
    const error = await readSafely(folder.path('other.bin'), contents);
    expect(error).toBeInstanceOf(UnknownCheckpointFormatError);
    expect((error as Error).message).toMatch(/Read are safetensors .* GraphDef/);
  });

  test('that does not exist is refused', async () => {
    await expect(openModelSource(folder.path('nowhere.pt'))).rejects.toThrow(UnreadableCheckpointError);
  });
});

describe('a folder', () => {
  test('of Hugging Face gives weights, configuration and preprocessing', async () => {
    const path = await lay('hugging-face', {
      'config.json': { model_type: 'vit', hidden_size: 192 },
      'preprocessor_config.json': { image_mean: [0.5, 0.5, 0.5] },
      'model.safetensors': safetensors('vit.layernorm.weight'),
      'pytorch_model.bin': pytorch,
    });
    await using source = await openModelSource(path);
    expect([...source.checkpoint.tensors.keys()]).toEqual(['vit.layernorm.weight']);
    expect(source.config).toEqual({ model_type: 'vit', hidden_size: 192 });
    expect(source.preprocessor).toEqual({ image_mean: [0.5, 0.5, 0.5] });
    expect(source.files).toEqual([
      'config.json',
      'model.safetensors',
      'preprocessor_config.json',
      'pytorch_model.bin',
    ]);
  });

  test('with only PyTorch weights gives those', async () => {
    const path = await lay('hugging-face-old', { 'config.json': {}, 'pytorch_model.bin': pytorch });
    expect(await namesIn(path)).toEqual(['weight']);
  });

  test('of open_clip gives its own configuration', async () => {
    const path = await lay('open-clip', {
      'open_clip_config.json': { model_cfg: { embed_dim: 512 } },
      'open_clip_pytorch_model.bin': pytorch,
    });
    await using source = await openModelSource(path);
    expect(source.config).toEqual({ model_cfg: { embed_dim: 512 } });
  });

  test('with one file of weights of any name gives that', async () => {
    expect(await namesIn(await lay('single', { 'resnet20-12fca82f.th': pytorch, 'README.md': {} }))).toEqual([
      'weight',
    ]);
  });

  test('with several files of weights of no known name is refused', async () => {
    const path = await lay('several', { 'a.pt': pytorch, 'b.pt': pytorch });
    await expect(openModelSource(path)).rejects.toThrow(/a\.pt, b\.pt/);
  });

  test('without weights is refused, with what is there instead', async () => {
    const path = await lay('weightless', { 'README.md': {}, 'config.json': {} });
    await expect(openModelSource(path)).rejects.toThrow(/README\.md, config\.json/);
  });

  test('whose configuration is not JSON is refused', async () => {
    const path = await lay('broken', {
      'config.json': Buffer.from('{'),
      'model.safetensors': safetensors('a'),
    });
    await expect(openModelSource(path)).rejects.toThrow(/cannot be read as JSON/);
  });
});

describe('shards', () => {
  test('are one checkpoint', async () => {
    await using source = await openModelSource(await lay('sharded', shards));
    expect([...source.checkpoint.tensors.keys()].toSorted()).toEqual(['a', 'b']);
    expect([...(await source.checkpoint.read('b'))]).toEqual([1, 2]);
  });

  test.each<[string, object, RegExp]>([
    ['is missing', { weight_map: { a: 'absent.safetensors' } }, /does not exist/],
    ['lacks a tensor', { weight_map: { c: 'model-00001-of-00002.safetensors' } }, /"c" is not in/],
    ['lies elsewhere', { weight_map: { a: '../secret.safetensors' } }, /not a file beside it/],
    [
      'is the index itself',
      { weight_map: { a: 'model.safetensors.index.json' } },
      /no weights that can be read/,
    ],
    ['is not even listed', { weight_map: {} }, /lists no tensors/],
    ['has no map', { metadata: {} }, /weight_map/],
  ])('of which one %s are refused', async (_, index, message) => {
    const path = await lay('broken-shards', { ...shards, 'model.safetensors.index.json': index });
    await expect(openModelSource(path)).rejects.toThrow(message);
  });
});

test('a tensor that no index lists is there all the same', async () => {
  const files = { ...shards, 'model-00002-of-00002.safetensors': safetensors('b', 'c') };
  expect(await namesIn(await lay('unlisted', files))).toEqual(['a', 'b', 'c']);
});

describe('a damaged index of shards', () => {
  const index = Buffer.from(JSON.stringify(shards['model.safetensors.index.json']));

  test('is refused wherever it is cut off', async () => {
    const path = await lay('cut-index', shards);
    await expectRefusedWhenCut(join(path, 'cut.index.json'), index);
  });

  test('with flipped bytes gives tensors or a typed error, and nothing else', async () => {
    const path = await lay('flipped-index', shards);
    await expectSafeWhenFlipped(join(path, 'flipped.index.json'), index);
  });
});

describe('a pipeline of diffusers', () => {
  const pipeline = {
    'model_index.json': {
      _class_name: 'StableDiffusionPipeline',
      _diffusers_version: '0.6.0',
      unet: ['diffusers', 'UNet2DConditionModel'],
      vae: ['diffusers', 'AutoencoderKL'],
      safety_checker: [null, null],
      '../outside': ['os', 'system'],
    },
    'unet/config.json': { _class_name: 'UNet2DConditionModel' },
    'unet/diffusion_pytorch_model.safetensors': safetensors('conv_in.weight'),
    'vae/config.json': { _class_name: 'AutoencoderKL' },
    'vae/diffusion_pytorch_model.bin': pytorch,
  };

  test('lists its networks, each of which is a folder', async () => {
    const path = await lay('pipeline', pipeline);
    const { className, components } = await readPipeline(path);
    expect(className).toBe('StableDiffusionPipeline');
    expect([...components.keys()]).toEqual(['unet', 'vae']);
    await using unet = await openModelSource(components.get('unet')!.path);
    expect([...unet.checkpoint.tensors.keys()]).toEqual(['conv_in.weight']);
    expect(unet.config).toEqual({ _class_name: 'UNet2DConditionModel' });
    expect(await namesIn(components.get('vae')!.path)).toEqual(['weight']);
  });

  test('is not one model: the error names its networks', async () => {
    const error: unknown = await openModelSource(await lay('pipeline', pipeline)).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(PipelineFolderError);
    expect(error).toMatchObject({ components: ['unet', 'vae'] });
  });
});
