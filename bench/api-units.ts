/** Tables full of units with evidence, made by the database itself. */
import type {
  ActivationExample,
  TuningEvidence,
  UnitActivations,
  UnitConnection,
  UnitWeights,
} from '../packages/experiments/src/schema.ts';
import {
  registerModel,
  type Database,
  type ObjectStore,
  type Owner,
} from '../packages/platform/src/index.ts';
import { testManifest, testWeights } from '../packages/platform/src/testing/index.ts';

export const unitsModel = 'wide';
const channels = 2_000;

export const unitLayers = (units: number): string[] =>
  Array.from({ length: Math.ceil(units / channels) }, (_, index) => `layer${index}`);

const datasetDigest = '0'.repeat(64);
const measureNames = Array.from({ length: 17 }, (_, index) => `measure${index}`);
/** Neuron and channel, what excites and what inhibits, two restarts. */
const picturesOfUnit = 8;

/** As many layers of 2,000 units as it takes, each unit with pictures, measures, and evidence of three kinds. */
export async function fillUnits(
  services: { readonly db: Database; readonly store: ObjectStore },
  { teamId, createdById }: Owner,
  units: number,
): Promise<void> {
  const { db, store } = services;
  const shape = [17, 17, channels];
  const axes: ('height' | 'width' | 'channel')[] = ['height', 'width', 'channel'];
  const layers = unitLayers(units);
  const hookPoints = layers.map((name, index) => ({
    name,
    kind: 'relu',
    shape,
    axes,
    channels,
    parameters: 0,
    sources: [layers[index - 1] ?? 'image'],
  }));
  await store.put(testWeights);
  const model = await registerModel(services, testManifest({ name: unitsModel, hookPoints }));
  const { id: runId } = await db.run.create({
    data: {
      kind: 'activation-sweep',
      kindVersion: 1,
      input: {},
      modelId: model.id,
      modelName: unitsModel,
      datasetDigest,
      seed: 0,
      codeVersion: 'bench',
      hash: 'bench',
      searchText: '',
      total: 1,
      status: 'succeeded',
      teamId,
      createdById,
    },
  });
  const evidence: [kind: string, subject: string, data: unknown][] = [
    ['activation-sweep', datasetDigest, activations()],
    ['tuning', datasetDigest, tuning()],
    ['unit-weights', 'layer0', weights('inputs')],
    ['unit-weights', 'layer1', weights('outputs')],
  ];
  for (const [kind, subject, data] of evidence)
    await db.$executeRaw`
      INSERT INTO "UnitEvidence" ("teamId", "modelId", layer, channel, kind, subject, data, "runId")
      SELECT ${teamId}::uuid, ${model.id}::uuid, layer, channel, ${kind}, ${subject}, ${JSON.stringify(data)}::jsonb, ${runId}::uuid
      FROM unnest(${layers}::text[]) AS layer, generate_series(0, ${channels}::int - 1) AS channel`;
  await db.$executeRaw`
    INSERT INTO "UnitMeasure" ("teamId", "modelId", layer, channel, name, subject, value, "runId")
    SELECT ${teamId}::uuid, ${model.id}::uuid, layer, channel, name, ${datasetDigest}, random(), ${runId}::uuid
    FROM unnest(${layers}::text[]) AS layer, generate_series(0, ${channels}::int - 1) AS channel,
      unnest(${measureNames}::text[]) AS name`;
  await fillPictures(db, { teamId, modelId: model.id, runId, layers });
  await db.$executeRawUnsafe('VACUUM ANALYZE "UnitEvidence", "UnitMeasure", "UnitPicture", "Artifact"');
}

interface Place {
  readonly teamId: string;
  readonly modelId: string;
  readonly runId: string;
  readonly layers: readonly string[];
}

async function fillPictures(db: Database, { teamId, modelId, runId, layers }: Place): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Artifact" (id, "runId", name, key, "mediaType", bytes, parameters)
    SELECT gen_random_uuid(), ${runId}::uuid, layer || '/' || channel || '/' || place, md5(layer) || md5(channel || '/' || place),
      'image/webp', 9000, '{}'
    FROM unnest(${layers}::text[]) AS layer, generate_series(0, ${channels}::int - 1) AS channel,
      generate_series(0, ${picturesOfUnit}::int - 1) AS place`;
  await db.$executeRaw`
    INSERT INTO "UnitPicture" (id, "teamId", "modelId", layer, channel, objective, sign, restart, "runId", name)
    SELECT gen_random_uuid(), ${teamId}::uuid, ${modelId}::uuid, layer, channel,
      (ARRAY['neuron', 'channel'])[1 + place % 2], (ARRAY[1, -1])[1 + place / 2 % 2], place / 4, ${runId}::uuid,
      layer || '/' || channel || '/' || place
    FROM unnest(${layers}::text[]) AS layer, generate_series(0, ${channels}::int - 1) AS channel,
      generate_series(0, ${picturesOfUnit}::int - 1) AS place`;
}

const list = <Item>(length: number, item: (index: number) => Item): Item[] =>
  Array.from({ length }, (_, index) => item(index));

/** Digits as real figures have. */
const figure = (index: number) => Number((Math.abs(Math.sin(index + 1)) * 10).toPrecision(6));

function activations(): UnitActivations {
  const example = (index: number): ActivationExample => ({
    band: index < 16 ? null : 5 - Math.floor((index - 16) / 4),
    image: index * 137,
    value: figure(index),
    position: index * 7,
    box: { left: index, top: index, width: 95, height: 95 },
  });
  const related = list(10, (index) => ({ channel: index * 31, correlation: figure(index) / 10 }));
  return {
    groups: [
      {
        tokens: 'all',
        statistics: {
          mean: 0.3,
          deviation: 0.7,
          skewness: 3.1,
          kurtosis: 19.5,
          minimum: 0,
          maximum: 8.2,
          nonZeroFraction: 0.34,
          deadness: 0,
          classSelectivity: 0.5,
        },
        quantiles: list(11, (index) => ({ share: index / 10, value: figure(index) })),
        histogram: { minimum: 0, maximum: 8.2, counts: list(48, figure), zeros: 100_000 },
        examples: list(40, example),
        alike: related,
        opposed: related,
        classes: list(5, (label) => ({ label, name: `class ${label}`, mean: figure(label), images: 50 })),
      },
    ],
  };
}

function tuning(): TuningEvidence {
  const values = list(72, (index) => index * 5);
  return {
    stimulus: 'rounded-corner',
    window: 5,
    along: { parameter: 'orientation', unit: '°', period: 360, values },
    curve: values.map(figure),
    curvesBy: [
      { parameter: 'radius', unit: 'px', values: list(7, figure), curves: list(7, () => values.map(figure)) },
    ],
    best: { orientation: 60, radius: 20 },
    statistics: { R: 0.9, peakDeg: 60, peak: 9, fwhm: 70, echo: 0.02, selectivity: 0.88 },
  };
}

function weights(direction: UnitWeights['direction']): UnitWeights {
  const connection = (index: number): UnitConnection => ({
    channel: index * 97,
    branch: 'layer0',
    l2: figure(index),
    sum: figure(index),
    kernel: { height: 5, width: 5, values: list(25, figure) },
  });
  return {
    direction,
    other: direction === 'inputs' ? 'layer0' : 'layer1',
    path: null,
    largest: 10,
    excitatory: list(10, connection),
    inhibitory: list(10, (index) => connection(index + 10)),
    factors: {
      height: 5,
      width: 5,
      residual: 0.2,
      maps: list(3, () => list(25, figure)),
      channels: list(3, () => list(5, (channel) => ({ channel, share: 0.1 }))),
    },
    alike: list(10, (channel) => ({ channel, correlation: 0.5 })),
  };
}
