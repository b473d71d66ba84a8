/** Evidence for every unit of a layer, as runs would have recorded it, without running any. */
import { loadConfig, openPlatform, ensureLocalOwner, findLayer, type Platform } from '@fovea/platform';
import sharp from 'sharp';
import type { Stack } from './stack.ts';

export interface SeededLayer {
  readonly model: string;
  readonly layer: string;
}

/** Each unit gets a picture of its own, three measures and, one in eight, a tag. */
export async function seedLayer(
  { databaseUrl, home }: Pick<Stack, 'databaseUrl' | 'home'>,
  { model, layer }: SeededLayer,
): Promise<void> {
  const platform = await openPlatform(
    loadConfig({
      DATABASE_URL: databaseUrl,
      FOVEA_HOME: home,
      FOVEA_SECRET: 'reads and writes no link, so any secret does',
      FOVEA_LOG_LEVEL: 'silent',
    }),
    'seed',
  );
  try {
    await writeEvidence(platform, { model, layer });
  } finally {
    await platform.close();
  }
}

async function writeEvidence({ db, store }: Platform, place: SeededLayer): Promise<void> {
  const { teamId, createdById } = await ensureLocalOwner(db);
  const { model, layer } = await findLayer(db, place.model, place.layer);
  const run = await db.run.create({
    data: {
      teamId,
      createdById,
      kind: 'unit-pictures',
      kindVersion: 1,
      input: {},
      seed: 0,
      codeVersion: 'seed',
      hash: `seed ${place.layer}`,
      searchText: '',
      status: 'succeeded',
      total: 0,
      modelId: model.id,
      modelName: model.name,
    },
  });
  const channels = Array.from({ length: layer.channels }, (_, channel) => channel);
  const pictures = [];
  for (const channel of channels) {
    const { key, bytes } = await store.put(await grating(channel));
    pictures.push({ channel, name: `${channel}.webp`, key, bytes });
  }
  await db.artifact.createMany({
    data: pictures.map(({ name, key, bytes }) => ({
      runId: run.id,
      name,
      key,
      bytes,
      mediaType: 'image/webp',
      parameters: {},
    })),
  });
  const ofLayer = { teamId, modelId: model.id, layer: layer.name, runId: run.id };
  await db.unitPicture.createMany({
    data: pictures.map(({ channel, name }) => ({ ...ofLayer, channel, name, objective: 'channel', sign: 1 })),
  });
  const measures: Record<string, (channel: number) => number> = {
    nonZeroFraction: (channel) => (channel % 37 === 5 ? 0 : ((channel * 7919) % 1000) / 1000),
    kurtosis: (channel) => ((channel * 104_729) % 5000) / 100,
    'curve.R': (channel) => ((channel * 1299709) % 957) / 1000,
  };
  await db.unitMeasure.createMany({
    data: Object.entries(measures).flatMap(([name, valueOf]) =>
      channels.map((channel) => ({ ...ofLayer, channel, name, value: valueOf(channel) })),
    ),
  });
  await db.tag.createMany({
    data: channels
      .filter((channel) => channel % 8 === 0)
      .map((channel) => ({
        teamId,
        createdById,
        subject: `unit/${model.name}/${layer.name}/${channel}`,
        name: channel % 16 === 0 ? 'family:curve' : 'family:boundary',
      })),
    skipDuplicates: true,
  });
}

const SIDE = 64;

/** Differs from channel to channel in orientation, wave length and colour. */
function grating(channel: number): Promise<Buffer> {
  const angle = channel * 0.41;
  const frequency = 0.2 + (channel % 7) * 0.09;
  const pixels = Buffer.alloc(SIDE * SIDE * 3);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const phase = (at % SIDE) * Math.cos(angle) + Math.floor(at / SIDE) * Math.sin(angle);
    const wave = Math.sin(frequency * phase);
    for (const colour of [0, 1, 2])
      pixels[3 * at + colour] = 128 + 90 * wave * Math.sin(colour + channel * 0.13) + (channel % 24);
  }
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .webp()
    .toBuffer();
}
