/** The units of one layer: few enough to be sorted and filtered here, in one answer or in pages. */
import { unitSubject, type Database, type FoundLayer } from '@fovea/platform';
import type { z } from 'zod';
import { RequestError } from '../../http/problem.ts';
import type { LinkObject } from '../../object-links.ts';
import { branchAt, branchesOf, labelOf } from './branches.ts';
import type { unitListSchema, UnitQuery, unitSummarySchema } from './contract.ts';
import { subjectNames } from './subject-names.ts';
import { thumbnailKeys } from './thumbnails.ts';

type UnitList = z.infer<typeof unitListSchema>;
type Unit = Omit<z.infer<typeof unitSummarySchema>, 'thumbnail'>;

export async function listLayerUnits(
  db: Database,
  teamId: string,
  found: FoundLayer,
  query: UnitQuery,
  link: LinkObject,
): Promise<UnitList> {
  const { columns, valuesOf } = await readMeasures(db, teamId, found);
  const tagsOf = await readTags(db, teamId, found);
  const branches = await branchesOf(db, found);
  const units = Array.from({ length: found.layer.channels }, (_, channel) => ({
    channel,
    label: labelOf(found, channel),
    branch: branchAt(branches, channel),
    values: valuesOf.get(channel) ?? columns.map(() => null),
    tags: tagsOf.get(channel) ?? [],
  }));
  const sorted = sort(units, query, columnOf(columns, query));
  const start = startOf(query.cursor);
  const page = sorted.slice(start, start + query.limit);
  const thumbnails = await thumbnailKeys(
    db,
    teamId,
    found.model.id,
    page.map(({ channel }) => ({ layer: found.layer.name, channel })),
  );
  const items = page.map(async (unit) => {
    const thumbnail = thumbnails.get(`${found.layer.name}:${unit.channel}`);
    return { ...unit, thumbnail: thumbnail ? await link(thumbnail.key, thumbnail) : null };
  });
  const next = start + query.limit;
  return {
    total: sorted.length,
    measures: columns,
    items: await Promise.all(items),
    nextCursor: next < sorted.length ? String(next) : null,
  };
}

type Column = UnitList['measures'][number];

/** A column for each measure and what it rests on, the newest first among those of one name. */
async function readMeasures(db: Database, teamId: string, { model, layer }: FoundLayer) {
  const rows = await db.$queryRaw<{ name: string; subject: string; channels: number[]; values: number[] }[]>`
    SELECT name, subject, array_agg(channel) AS channels, array_agg(value) AS values
    FROM "UnitMeasure"
    WHERE "teamId" = ${teamId}::uuid AND "modelId" = ${model.id}::uuid AND layer = ${layer.name}
    GROUP BY name, subject
    ORDER BY name, max("runId"::text) DESC, subject`;
  const names = await subjectNames(
    db,
    teamId,
    rows.map(({ subject }) => subject),
  );
  const columns = rows.map(({ name, subject }) => ({
    name,
    subject,
    subjectName: names.get(subject) ?? null,
  }));
  const valuesOf = new Map<number, (number | null)[]>();
  for (const [place, { channels, values }] of rows.entries())
    for (const [index, channel] of channels.entries()) {
      if (!valuesOf.has(channel))
        valuesOf.set(
          channel,
          Array.from(columns, () => null),
        );
      valuesOf.get(channel)![place] = values[index]!;
    }
  return { columns, valuesOf };
}

/** By channel. */
async function readTags(db: Database, teamId: string, { model, layer }: FoundLayer) {
  const prefix = unitSubject({ model: model.name, layer: layer.name, channel: 0 }).slice(0, -1);
  const rows = await db.tag.findMany({
    where: { teamId, subject: { startsWith: prefix } },
    select: { subject: true, name: true },
    orderBy: { name: 'asc' },
  });
  const tags = new Map<number, string[]>();
  for (const { subject, name } of rows) {
    // To the database an underscore means any letter.
    if (!subject.startsWith(prefix)) continue;
    const channel = Number(subject.slice(prefix.length));
    tags.set(channel, [...(tags.get(channel) ?? []), name]);
  }
  return tags;
}

/** Place of the measure that is sorted by; undefined for the channel. */
function columnOf(columns: readonly Column[], { sort, subject }: UnitQuery): number | undefined {
  if (sort === 'channel') return undefined;
  const place = columns.findIndex(
    (column) => column.name === sort && (subject === undefined || column.subject === subject),
  );
  if (place >= 0) return place;
  const known = [...new Set(columns.map(({ name }) => name))];
  const detail = `no unit of this layer has the measure ${JSON.stringify(sort)}`;
  throw new RequestError(422, 'MEASURE_UNKNOWN', `sort: ${detail}`, [
    { in: 'query', pointer: '/sort', detail, suggestions: ['channel', ...known] },
  ]);
}

/** Units without the value come last. */
function sort(units: readonly Unit[], query: UnitQuery, column: number | undefined): Unit[] {
  const { tag, branch, minimum = -Infinity, maximum = Infinity } = query;
  const isBounded = minimum > -Infinity || maximum < Infinity;
  const valueOf = ({ channel, values }: Unit) => (column === undefined ? channel : (values[column] ?? null));
  const left = units.filter((unit) => {
    const value = valueOf(unit);
    return (
      (tag === undefined || unit.tags.includes(tag)) &&
      (branch === undefined || unit.branch === branch) &&
      (!isBounded || (value !== null && value >= minimum && value <= maximum))
    );
  });
  const upwards = (query.direction ?? (column === undefined ? 'asc' : 'desc')) === 'asc' ? 1 : -1;
  return left.toSorted((a, b) => {
    const [first, second] = [valueOf(a), valueOf(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return upwards * (first - second) || a.channel - b.channel;
  });
}

/** The cursor is the number of units before the page: a layer neither gains nor loses units. */
function startOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  const detail = 'is not the nextCursor of a page of units';
  throw new RequestError(400, 'CURSOR_INVALID', `cursor ${detail}`, [
    { in: 'query', pointer: '/cursor', detail },
  ]);
}
