/** Every fixture that lies here or beside the repository, and what becomes of one that is wrong. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBackend } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { CheckpointMismatchError } from '../checkpoint/checkpoint-errors.ts';
import { UnknownArchitectureError } from '../errors.ts';
import { sharedMaterial } from '../testing/shared-material.ts';
import { compareSchedulers, schedulersFixtureSchema } from './compare-schedulers.ts';
import { compareWithFixture } from './compare.ts';
import { MalformedFixtureError, parseFixture, type Fixture } from './fixture.ts';

beforeAll(() => startBackend());

const here = fileURLToPath(new URL('./fixtures/', import.meta.url));
const beside = sharedMaterial.path('fixtures');

const read = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** Networks of a hundred million weights take a while where others compute as well. */
const patience = 300_000;

const filesIn = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.json'));

test.each(filesIn(here))(
  'agrees with %s',
  async (file) => {
    const { rows } = await compareWithFixture(parseFixture(read(here, file)));
    expect(rows.filter(({ passed }) => !passed)).toEqual([]);
  },
  patience,
);

describe.skipIf(!sharedMaterial.present)(`beside the repository${sharedMaterial.note}`, () => {
  const files = sharedMaterial.present ? filesIn(beside) : [];
  const ofNetworks = files.filter((file) => !['schedulers.json', 'featurevis.json'].includes(file));

  test.each(ofNetworks)(
    'agrees with %s',
    async (file) => {
      const { rows } = await compareWithFixture(parseFixture(read(beside, file)));
      expect(rows.filter(({ passed }) => !passed)).toEqual([]);
    },
    patience,
  );

  test('agrees with schedulers.json', async () => {
    const { rows } = await compareSchedulers(schedulersFixtureSchema.parse(read(beside, 'schedulers.json')));
    expect(rows.filter(({ passed }) => !passed)).toEqual([]);
  });
});

describe('a fixture', () => {
  const sound = parseFixture(read(here, 'squeezenet1_1.json'));
  const layer = Object.keys(sound.activations)[0]!;

  /** The fixture with one activation's record changed. */
  function recording(change: (summary: Fixture['activations'][string]) => object): Fixture {
    const { activations } = sound;
    return parseFixture({
      ...sound,
      activations: { ...activations, [layer]: { ...activations[layer], ...change(activations[layer]!) } },
    });
  }

  async function failures(fixture: Fixture): Promise<string[]> {
    const { rows } = await compareWithFixture(fixture);
    return rows.filter(({ passed }) => !passed).map(({ tensor, problem }) => problem ?? tensor);
  }

  test('that records another value fails there and nowhere else', async () => {
    const wrong = recording(({ samples, absmax }) => ({
      samples: samples.map(([index, value], each) => [index, each === 3 ? value + 2e-4 * absmax : value]),
    }));
    expect(await failures(wrong)).toEqual([layer]);
  });

  test('that records another mean, deviation or largest magnitude fails', async () => {
    for (const figure of ['mean', 'std', 'absmax'] as const) {
      const wrong = recording((summary) => ({ [figure]: summary[figure] + 2e-4 * summary.absmax }));
      expect(await failures(wrong)).toContain(layer);
    }
  });

  test('that records nothing but zero fails where we compute anything else', async () => {
    const wrong = recording(({ samples }) => ({
      mean: 0,
      std: 0,
      absmax: 0,
      samples: samples.map(([index]) => [index, 0]),
    }));
    expect(await failures(wrong)).toContain(layer);
  });

  test('that records another shape fails, with both shapes', async () => {
    const [failure] = await failures(recording(() => ({ shape: [1, 2, 3, 4] })));
    expect(failure).toMatch(/cannot be arranged as \[1, 2, 3, 4\]/);
  });

  test('of a module that the network has not fails, with the nearest names', async () => {
    const { [layer]: summary, ...others } = sound.activations;
    const [failure] = await failures({ ...sound, activations: { ...others, 'features.99': summary! } });
    expect(failure).toMatch(/no layer "features.99". Did you mean features/);
  });

  test('with a tensor too many or too few is refused, with its name', async () => {
    const [first, ...others] = Object.entries(sound.tensors);
    const tooMany = { ...sound, tensors: { ...sound.tensors, 'extra.weight': [3] } };
    const tooFew = { ...sound, tensors: Object.fromEntries(others) };
    await expect(compareWithFixture(tooMany)).rejects.toThrow('extra.weight is not used');
    await expect(compareWithFixture(tooFew)).rejects.toThrow(`${first![0]} is missing`);
    await expect(compareWithFixture(tooFew)).rejects.toThrow(CheckpointMismatchError);
  });

  test('under no name or that of another network is recognized by its tensors', async () => {
    for (const architecture of ['mine', 'vgg16'])
      expect(await failures({ ...sound, architecture, reference: 'ours' })).toEqual([]);
  });

  test('of an unknown architecture is refused', async () => {
    const unknown = { ...sound, architecture: 'squeeznet', tensors: { weight: [1] } };
    await expect(compareWithFixture(unknown)).rejects.toThrow(UnknownArchitectureError);
  });

  test('of another format is refused, with what is missing', () => {
    expect(() => parseFixture({ architecture: 'resnet18' })).toThrow(MalformedFixtureError);
    expect(() => parseFixture({ architecture: 'resnet18' })).toThrow(/tensors/);
  });
});
