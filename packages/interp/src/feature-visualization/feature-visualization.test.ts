import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { transformList } from '../transform/lists.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import { tinyTransformer } from '../testing/tiny-transformer.ts';
import { CheckpointMismatchError } from './checkpoint.ts';
import {
  featureVisualization,
  type FeatureVisualizationEvent,
  type FeatureVisualizationResult,
  type RunControl,
} from './feature-visualization.ts';
import type { FeatureVisualizationSettings } from './settings.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

const settings: FeatureVisualizationSettings = {
  objective: { type: 'channel', layer: 'relu', channel: 1 },
  parametrization: { kind: 'fft', batch: 1, height: 24, width: 24 },
  transforms: [
    { type: 'pad', width: 4, mode: 'constant' },
    { type: 'jitter', distance: 3 },
    { type: 'randomScale', of: [0.9, 1, 1.1] },
    { type: 'randomRotate', of: [-5, 0, 5] },
  ],
  optimizer: { name: 'adam', learningRate: 0.05 },
  gradients: { redirectedRelu: true, maxPoolGradient: 'exact' },
  steps: 20,
};

async function run(
  changes: Partial<FeatureVisualizationSettings> = {},
  { model = tinyModel(), ...control }: Partial<RunControl> & { model?: ReturnType<typeof tinyModel> } = {},
) {
  const events: FeatureVisualizationEvent[] = [];
  const visualization = featureVisualization(model, { ...settings, ...changes }, { seed: 3, ...control });
  for (;;) {
    const next = await visualization.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
  }
}

const codes = (result: FeatureVisualizationResult) => result.findings.map(({ code }) => code);

describe('the loop', () => {
  test("makes 513 updates for Lucid's threshold of 512 and gives that picture out as the last one", async () => {
    const { events, result } = await run({ steps: 513, thresholds: [512], transforms: [] });
    const progress = events.filter(({ type }) => type === 'progress');
    expect(progress.at(-1)).toMatchObject({ step: 513, total: 513 });
    const pictures = events.filter((event) => event.type === 'picture');
    expect(pictures.map(({ reason, step }) => [reason, step])).toEqual([['threshold', 512]]);
    expect(pictures[0]!.picture.values).toEqual(result.picture.values);
  });

  test('raises the objective', async () => {
    const { result } = await run();
    expect(result.trace.objective.last).toBeGreaterThan(2 * result.trace.objective.first);
    expect(result.findings).toEqual([]);
    expect(result.picture.values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test('gives the same bytes for the same seed, and others for another', async () => {
    const [first, second, other] = [await run(), await run(), await run({}, { seed: 4 })];
    expect(second.result.picture.values).toEqual(first.result.picture.values);
    expect(other.result.picture.values).not.toEqual(first.result.picture.values);
  });

  test.each(['adam', 'adamw', 'nadam', 'momentum', 'gradientDescent', 'lbfgs'] as const)(
    'goes on from a checkpoint bit for bit with %s',
    async (name) => {
      const changes = { optimizer: { name, learningRate: 0.05 }, checkpointInterval: 7 };
      const undisturbed = await run(changes);
      const checkpoint = undisturbed.events.find((event) => event.type === 'checkpoint')!;
      expect(checkpoint.step).toBe(7);
      // A Buffer, as between processes: its slices share memory.
      const resumed = await run(changes, { checkpoint: Buffer.from(checkpoint.bytes) });
      expect(resumed.events[1]).toMatchObject({ type: 'progress', step: 8 });
      expect(resumed.result).toEqual(undisturbed.result);
    },
  );

  test('shows a network that reads images of one size only a picture of another, through any transforms', async () => {
    const model = tinyTransformer();
    expect(model.fixedSize).toBe(true);
    const changes = { objective: { type: 'channel', layer: 'blocks.0.mlp.pre', channel: 3 } } as const;
    const { result } = await run(changes, { model });
    expect(result.picture.shape).toEqual([1, 24, 24, 3]);
    expect(result.trace.objective.last).toBeGreaterThan(2 * result.trace.objective.first);
    expect(result.findings).toEqual([]);
  });

  test('keeps the number of tensors flat over 200 steps', async () => {
    const model = tinyModel();
    await run({ steps: 1 }, { model });
    const before = tf.memory().numTensors;
    const counts = new Set<number>();
    const visualization = featureVisualization(model, { ...settings, steps: 200 }, { seed: 1 });
    for await (const event of visualization)
      if (event.type === 'progress') counts.add(tf.memory().numTensors);
    expect([...counts]).toEqual([before]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('stops between two steps when it is aborted', async () => {
    const abort = new AbortController();
    const visualization = featureVisualization(
      tinyModel(),
      { ...settings, steps: 10_000 },
      { seed: 1, signal: abort.signal },
    );
    let steps = 0;
    const consumed = (async () => {
      for await (const event of visualization) if (event.type === 'progress') steps = event.step;
    })();
    setTimeout(() => abort.abort(new Error('cancelled')), 50);
    await expect(consumed).rejects.toThrow('cancelled');
    expect(steps).toBeLessThan(10_000);
  });

  test('refuses a checkpoint of another run, and a damaged one', async () => {
    const { events } = await run({ checkpointInterval: 5 });
    const { bytes } = events.find((event) => event.type === 'checkpoint')!;
    const larger = { parametrization: { kind: 'fft', batch: 1, height: 32, width: 24 } as const };
    await expect(run(larger, { checkpoint: bytes })).rejects.toThrow(CheckpointMismatchError);
    await expect(run({}, { checkpoint: bytes.slice(0, -4) })).rejects.toThrow(CheckpointMismatchError);
    await expect(run({}, { checkpoint: new Uint8Array(9) })).rejects.toThrow(CheckpointMismatchError);
  });
});

describe('every parametrization', () => {
  test.each(['fft', 'pixel', 'laplacian', 'lowres', 'cppn', 'maco'] as const)(
    '%s takes off, at an odd size',
    async (kind) => {
      const learningRate = kind === 'cppn' ? 0.01 : 0.05;
      const { result } = await run({
        parametrization: { kind, batch: 1, height: 27, width: 21 },
        optimizer: { name: 'adam', learningRate },
        steps: 30,
      });
      expect(result.picture.shape).toEqual([1, 27, 21, 3]);
      expect(result.trace.objective.last).toBeGreaterThan(result.trace.objective.first);
    },
  );

  test('alpha, grayscale and batches with diversity', async () => {
    const alpha = await run({
      parametrization: { kind: 'fft', batch: 2, height: 24, width: 20, alpha: true },
      transforms: [{ type: 'collapseAlphaRandom' }, { type: 'jitter', distance: 2 }],
      objective: {
        type: 'subtract',
        left: { type: 'channel', layer: 'relu', channel: 0 },
        right: { type: 'scale', factor: 100, of: { type: 'diversity', layer: 'relu' } },
      },
    });
    expect(alpha.result.picture.shape).toEqual([2, 24, 20, 4]);
    const grey = await run({
      parametrization: { kind: 'pixel', batch: 1, height: 24, width: 24, grayscale: true },
    });
    const [red, green, blue] = grey.result.picture.values;
    expect([red, green]).toEqual([green, blue]);
  });

  test('MaCo sums up where its picture mattered, over a checkpoint too', async () => {
    const maco = {
      parametrization: { kind: 'maco', batch: 1, height: 32, width: 32 },
      transforms: [{ type: 'randomCrops', crops: 4, boxFrom: 0.5, boxTo: 0.05, noise: 0.04 }],
      optimizer: { name: 'nadam', learningRate: 1 },
      checkpointInterval: 4,
      steps: 10,
    } as const;
    const undisturbed = await run(maco);
    expect(undisturbed.result.transparency!.values.some((value) => value > 0)).toBe(true);
    const checkpoint = undisturbed.events.find((event) => event.type === 'checkpoint')!.bytes;
    expect((await run(maco, { checkpoint })).result).toEqual(undisturbed.result);
  });

  test.each(['lucid', 'captum-optim', 'xplique'] as const)('the transforms of %s', async (name) => {
    const transforms = transformList(name, { width: 64, alpha: false });
    const { result } = await run({
      transforms,
      parametrization: { kind: 'fft', batch: 1, height: 64, width: 64 },
      steps: 4,
    });
    expect(result.trace.steps).toBe(4);
  });
});

describe('when nothing shows', () => {
  const dead = { objective: { type: 'channel', layer: 'relu', channel: 0 } as const };

  test('a unit that no picture can reach is called dead', async () => {
    const { result } = await run(dead, { model: tinyModel({ bias: [-1000, 0, 0, 0] }) });
    expect(codes(result)).toEqual(['dead_unit']);
  });

  test('a layer in which nothing responds points to the value range', async () => {
    const { result } = await run(dead, { model: tinyModel({ bias: -1000 }) });
    expect(codes(result)).toEqual(['wrong_value_range']);
  });

  test('redirected ReLU rescues a unit that the first picture does not reach', async () => {
    const model = tinyModel({ bias: -0.5, gain: 0.5 });
    const gradients = { redirectedRelu: false, maxPoolGradient: 'exact' } as const;
    const stuck = await run({ gradients, steps: 40, transforms: [] }, { model });
    const rescued = await run({ steps: 40, transforms: [] }, { model });
    expect(stuck.result.trace.objective.best).toBe(0);
    expect(rescued.result.trace.objective.best).toBeGreaterThan(0);
  });

  test('a gradient too small to move the picture is named', async () => {
    const objective = { type: 'scale', factor: 1e-14, of: settings.objective } as const;
    expect(codes((await run({ objective })).result)).toEqual(['vanishing_gradient']);
  });

  test('a picture of black and white alone is named', async () => {
    const { result } = await run({
      parametrization: { kind: 'pixel', batch: 1, height: 24, width: 24 },
      optimizer: { name: 'adam', learningRate: 20 },
    });
    expect(codes(result)).toContain('saturated_picture');
  });

  test.each([
    ['relu', 1e-6, ['wrong_value_range']],
    ['logits', -1e9, []],
  ])(
    'activations far beyond those of the self-test point to the value range: %s',
    async (layer, max, found) => {
      const statistics = { min: 0, max: 1, mean: 0, std: 1 };
      const selfTest = {
        images: 1,
        input: statistics,
        layers: [{ name: layer, mean: 0, max }],
        warnings: [],
      };
      const objective = { type: 'channel', layer, channel: 1 } as const;
      const { result } = await run({ objective }, { model: { ...tinyModel(), selfTest } });
      expect(codes(result)).toEqual(found);
    },
  );

  test('a loss that is not finite fails with the step and the likely cause', async () => {
    const broken = tinyModel({ gain: Number.NaN });
    await expect(run({}, { model: broken })).rejects.toMatchObject({
      name: 'NonFiniteLossError',
      fault: 'model',
      details: { step: 0, likelyCause: expect.stringContaining('relu') as string },
    });
    const infinite = {
      type: 'scale',
      factor: 1e308,
      of: { type: 'scale', factor: 1e308, of: settings.objective },
    } as const;
    await expect(run({ objective: infinite })).rejects.toMatchObject({
      fault: 'input',
      code: 'LOSS_NOT_FINITE',
    });
  });

  test('an image that the transforms use up is refused', async () => {
    await expect(run({ transforms: [{ type: 'jitter', distance: 24 }] })).rejects.toThrow(/24×24/);
  });
});
