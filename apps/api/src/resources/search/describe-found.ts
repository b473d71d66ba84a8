/** Found units as a page shows them. */
import { parseUnitSubject } from '@fovea/platform';
import type { z } from 'zod';
import type { LinkObject } from '../../object-links.ts';
import type { Services } from '../../services.ts';
import { thumbnailKeys } from '../units/thumbnails.ts';
import type { foundUnitSchema, UnitSearch } from './contract.ts';
import { escapeLike } from './escape-like.ts';

type FoundUnit = z.infer<typeof foundUnitSchema>;

/** In the order of the subjects. */
export async function describeFound(
  services: Services,
  { text, range = [] }: UnitSearch,
  subjects: readonly string[],
  link: LinkObject,
): Promise<FoundUnit[]> {
  const { db, owner } = services;
  const { teamId } = owner;
  const units = subjects.flatMap((subject) => {
    const unit = parseUnitSubject(subject);
    return unit ? [{ subject, ...unit }] : [];
  });
  const [tags, excerpts, pictures, values] = await Promise.all([
    db.tag.findMany({ where: { teamId, subject: { in: [...subjects] } }, orderBy: { name: 'asc' } }),
    text === undefined ? new Map<string, string>() : readExcerpts(services, subjects, text),
    linkPictures(services, units, link),
    readValues(
      services,
      units,
      range.map(({ measure }) => measure),
    ),
  ]);
  const tagsOf = Map.groupBy(tags, ({ subject }) => subject);
  return units.map(({ subject, model, layer, channel }) => ({
    model,
    layer,
    channel,
    thumbnail: pictures.get(subject) ?? null,
    tags: (tagsOf.get(subject) ?? []).map(({ name }) => name),
    excerpt: excerpts.get(subject) ?? null,
    values: values.get(subject) ?? [],
  }));
}

interface NamedUnit {
  readonly subject: string;
  readonly model: string;
  readonly layer: string;
  readonly channel: number;
}

async function modelIds({ db }: Services, units: readonly NamedUnit[]): Promise<Map<string, string>> {
  const rows = await db.model.findMany({
    where: { name: { in: [...new Set(units.map(({ model }) => model))] } },
    distinct: ['name'],
    orderBy: { id: 'desc' },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** By subject. */
async function linkPictures(
  services: Services,
  units: readonly NamedUnit[],
  link: LinkObject,
): Promise<Map<string, string>> {
  const ids = await modelIds(services, units);
  const linked = [...Map.groupBy(units, ({ model }) => model)].map(async ([model, ofModel]) => {
    const modelId = ids.get(model);
    if (modelId === undefined) return [];
    const keys = await thumbnailKeys(services.db, services.owner.teamId, modelId, ofModel);
    return Promise.all(
      ofModel.flatMap(({ subject, layer, channel }) => {
        const picture = keys.get(`${layer}:${channel}`);
        return picture ? [link(picture.key, picture).then((url) => [subject, url] as const)] : [];
      }),
    );
  });
  return new Map((await Promise.all(linked)).flat());
}

const AROUND = 60;

/** What stands around the text in the first note or comment that holds it. */
async function readExcerpts(
  { db, owner }: Services,
  subjects: readonly string[],
  text: string,
): Promise<Map<string, string>> {
  const where = {
    teamId: owner.teamId,
    subject: { in: [...subjects] },
    body: { contains: escapeLike(text), mode: 'insensitive' as const },
  };
  const [notes, comments] = await Promise.all([
    db.note.findMany({ where, select: { subject: true, body: true } }),
    db.comment.findMany({ where, orderBy: { id: 'desc' }, select: { subject: true, body: true } }),
  ]);
  return new Map([...comments, ...notes].map(({ subject, body }) => [subject, excerptOf(body, text)]));
}

function excerptOf(body: string, text: string): string {
  const place = Math.max(0, body.toLowerCase().indexOf(text.toLowerCase()));
  const [start, end] = [Math.max(0, place - AROUND), place + text.length + AROUND];
  return `${start > 0 ? '…' : ''}${body.slice(start, end).trim()}${end < body.length ? '…' : ''}`;
}

async function readValues(
  services: Services,
  units: readonly NamedUnit[],
  measures: readonly string[],
): Promise<Map<string, FoundUnit['values']>> {
  if (measures.length === 0) return new Map();
  const ids = await modelIds(services, units);
  const rows = await services.db.unitMeasure.findMany({
    where: {
      teamId: services.owner.teamId,
      name: { in: [...measures] },
      OR: units.map(({ model, layer, channel }) => ({ modelId: ids.get(model) ?? '', layer, channel })),
    },
    orderBy: { value: 'desc' },
  });
  const nameOf = new Map([...ids].map(([name, id]) => [id, name]));
  const bySubject = Map.groupBy(
    rows,
    ({ modelId, layer, channel }) => `unit/${nameOf.get(modelId)}/${layer}/${channel}`,
  );
  return new Map(
    [...bySubject].map(([subject, found]) => [
      subject,
      measures.flatMap((measure) => {
        const row = found.find(({ name }) => name === measure);
        return row ? [{ measure, value: row.value }] : [];
      }),
    ]),
  );
}
