/** On networks that others have trained, where they lie beside the repository. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  findArchitecture,
  findVariant,
  hookedModel,
  networkOf,
  openCheckpoint,
  readWeights,
  type HookedModel,
} from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { impulseError } from '../testing/impulse-error.ts';
import { adjacentLayers } from './adjacent-layers.ts';
import { effectiveWeights, partOf } from './effective-weights.ts';

const folder = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../../../shared', import.meta.url));
const note = existsSync(folder) ? '' : ` (skipped: no reference data in ${folder})`;

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

async function published(file: string, architecture: string, name: string): Promise<HookedModel> {
  const variant = findVariant(findArchitecture(architecture), name);
  const network = networkOf(variant);
  const [naming] = variant.namings ?? [];
  await using checkpoint = await openCheckpoint(join(folder, 'models', file));
  const weights = await readWeights(network.tensors, checkpoint, naming);
  const { preprocessing } = variant;
  return hookedModel(
    { name, architecture, variant: name, digest: '', preprocessing },
    network,
    weights,
    naming,
  );
}

describe.skipIf(note !== '')(`the effective weights of trained networks${note}`, () => {
  it('predict what InceptionV3 answers to impulses, branch by branch', async () => {
    const model = await published('inception_v3_2015.safetensors', 'inception_v3', 'inception_v3_2015_trunk');
    expect(adjacentLayers(model, 'Mixed_5d')).toEqual({ before: 'Mixed_5c', after: 'Mixed_6a' });
    const weights = await effectiveWeights(model, 'Mixed_5c', 'Mixed_5d');
    expect(impulseError(model, weights, 41)).toBeLessThan(1e-4);
    // The families of curve detectors read through two 3×3 convolutions.
    expect(partOf(weights, 144).part).toMatchObject({ name: 'Mixed_5d.branch3x3dbl_3', height: 5, width: 5 });
    model.dispose();
  });

  it('predict what a residual network answers to impulses', async () => {
    const model = await published('resnet20-12fca82f.th', 'cifar_resnet', 'resnet20');
    for (const [from, to] of [
      ['layer1.1', 'layer1.2'],
      ['layer1.2', 'layer2.0'],
    ] as const) {
      const weights = await effectiveWeights(model, from, to);
      expect(impulseError(model, weights, 9)).toBeLessThan(1e-4);
    }
    model.dispose();
  });
});
