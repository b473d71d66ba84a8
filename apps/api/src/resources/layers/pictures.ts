/** One small picture of each unit of a layer. */
import type { Database } from '@fovea/platform';
import type { LinkObject } from '../../object-links.ts';

export interface PictureChoice {
  readonly teamId: string;
  readonly modelId: string;
  readonly layer: string;
  readonly sign: number;
}

/** From what pages show first to what they show where there is nothing else. */
const preference = ['channel', 'neuron'];

/** Objectives of which a layer has pictures, the preferred first. */
export async function picturedObjectives(db: Database, choice: PictureChoice): Promise<string[]> {
  const rows = await db.unitPicture.findMany({
    where: { ...choice, variant: '' },
    distinct: ['objective'],
    select: { objective: true },
  });
  const rank = (objective: string) =>
    (preference.indexOf(objective) + preference.length + 1) % (preference.length + 1);
  return rows.map(({ objective }) => objective).toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Of the first restart of each unit. */
export async function picturesOf(
  db: Database,
  choice: PictureChoice & { readonly objective: string },
  link: LinkObject,
): Promise<{ channel: number; url: string }[]> {
  const rows = await db.unitPicture.findMany({
    where: { ...choice, variant: '' },
    distinct: ['channel'],
    orderBy: [{ channel: 'asc' }, { restart: 'asc' }],
    select: { channel: true, artifact: true, thumbnail: true },
  });
  return Promise.all(
    rows.map(async ({ channel, artifact, thumbnail }) => {
      const { key, mediaType } = thumbnail ?? artifact;
      return { channel, url: await link(key, { mediaType }) };
    }),
  );
}
