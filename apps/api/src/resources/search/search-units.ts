/** Units of all models, by what is written about them and by what was measured. */
import { Prisma } from '@fovea/platform';
import type { z } from 'zod';
import { RequestError } from '../../http/problem.ts';
import type { LinkObject } from '../../object-links.ts';
import type { Services } from '../../services.ts';
import type { foundUnitSchema, MeasureRange, UnitSearch } from './contract.ts';
import { describeFound } from './describe-found.ts';
import { escapeLike } from './escape-like.ts';

type FoundUnit = z.infer<typeof foundUnitSchema>;

interface Page {
  readonly items: FoundUnit[];
  readonly nextCursor: string | null;
}

export async function findUnits(services: Services, search: UnitSearch, link: LinkObject): Promise<Page> {
  const { db, owner } = services;
  const offset = offsetOf(search.cursor);
  const rows = await db.$queryRaw<{ subject: string }[]>`
    WITH newest AS (SELECT DISTINCT ON (name) id, name FROM "Model" ORDER BY name, id DESC),
    found AS (${Prisma.join(criteria(search, owner.teamId), ' INTERSECT ')})
    SELECT found.subject FROM found ${ordering(search, owner.teamId)}
    LIMIT ${search.limit + 1} OFFSET ${offset}`;
  const subjects = rows.slice(0, search.limit).map(({ subject }) => subject);
  return {
    items: await describeFound(services, search, subjects, link),
    nextCursor: rows.length > search.limit ? String(offset + search.limit) : null,
  };
}

/** Each selects the subjects of units, within the model and layer that were asked for. */
function criteria({ text, tag = [], range = [], model, layer }: UnitSearch, teamId: string): Prisma.Sql[] {
  const within = Prisma.sql`subject LIKE ${`${escapeLike(`unit/${model ?? ''}`)}${model === undefined ? '' : '/'}%`}
    AND ${layer === undefined ? Prisma.sql`TRUE` : Prisma.sql`subject LIKE ${`unit/%/${escapeLike(layer)}/%`}`}`;
  const ofTeam = Prisma.sql`"teamId" = ${teamId}::uuid`;
  const byText = (pattern: string) => Prisma.sql`
    (SELECT subject FROM "Note" WHERE ${ofTeam} AND ${within} AND body ILIKE ${pattern}
     UNION SELECT subject FROM "Comment" WHERE ${ofTeam} AND ${within} AND body ILIKE ${pattern})`;
  const byTag = (name: string) =>
    Prisma.sql`(SELECT subject FROM "Tag" WHERE ${ofTeam} AND ${within} AND name = ${name})`;
  return [
    ...(text === undefined ? [] : [byText(`%${escapeLike(text)}%`)]),
    ...tag.map(byTag),
    ...range.map((one) => byRange(one, { model, layer }, teamId)),
  ];
}

function byRange(
  { measure, from, to }: MeasureRange,
  { model, layer }: Pick<UnitSearch, 'model' | 'layer'>,
  teamId: string,
): Prisma.Sql {
  const conditions = [
    Prisma.sql`measured."teamId" = ${teamId}::uuid AND measured.name = ${measure}`,
    ...(from === null ? [] : [Prisma.sql`measured.value >= ${from}`]),
    ...(to === null ? [] : [Prisma.sql`measured.value <= ${to}`]),
    ...(model === undefined ? [] : [Prisma.sql`newest.name = ${model}`]),
    ...(layer === undefined ? [] : [Prisma.sql`measured.layer = ${layer}`]),
  ];
  return Prisma.sql`(
    SELECT ${subjectOf} AS subject
    FROM "UnitMeasure" AS measured JOIN newest ON newest.id = measured."modelId"
    WHERE ${Prisma.join(conditions, ' AND ')})`;
}

const subjectOf = Prisma.sql`'unit/' || newest.name || '/' || measured.layer || '/' || measured.channel`;

/** The highest of several values, where a measure rests on several datasets. */
function ordering({ range }: UnitSearch, teamId: string): Prisma.Sql {
  const measure = range?.[0]?.measure;
  if (measure === undefined) return Prisma.sql`ORDER BY length(found.subject), found.subject`;
  return Prisma.sql`
    JOIN (SELECT ${subjectOf} AS subject, max(measured.value) AS value
          FROM "UnitMeasure" AS measured JOIN newest ON newest.id = measured."modelId"
          WHERE measured."teamId" = ${teamId}::uuid AND measured.name = ${measure} GROUP BY 1) AS ranked
      ON ranked.subject = found.subject
    ORDER BY ranked.value DESC, found.subject`;
}

/** The cursor is the number of units before the page. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  const detail = 'is not the nextCursor of a page of units';
  throw new RequestError(400, 'CURSOR_INVALID', `cursor ${detail}`, [
    { in: 'query', pointer: '/cursor', detail },
  ]);
}
