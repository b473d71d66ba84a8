/** Pages of runs: filters, sort and keyset pagination. */
import type { Database, Prisma, Run } from '@fovea/platform';
import type { RunQuery } from './contract.ts';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';

export interface Page {
  readonly rows: Run[];
  readonly nextCursor: string | null;
}

export async function findRuns(db: Database, teamId: string, query: RunQuery): Promise<Page> {
  const where: Prisma.RunWhereInput[] = [{ teamId }, ...filters(query)];
  if (query.cursor !== undefined) where.push(beyond(query, decodeCursor(query, query.cursor)));
  const found = await db.run.findMany({
    where: { AND: where },
    orderBy: order(query),
    take: query.limit + 1,
  });
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  return {
    rows,
    nextCursor: found.length > rows.length && last ? encodeCursor(query, positionOf(query, last)) : null,
  };
}

function filters(query: RunQuery): Prisma.RunWhereInput[] {
  const { status, kind, model, search, flow, createdAfter, createdBefore } = query;
  const found: Prisma.RunWhereInput[] = [{ flowRunId: flow ?? null }];
  if (status) found.push({ status: { in: status } });
  if (kind !== undefined) found.push({ kind });
  if (model !== undefined) found.push({ modelName: model });
  if (search !== undefined) found.push({ searchText: { contains: escapeLike(search), mode: 'insensitive' } });
  if (createdAfter !== undefined) found.push({ createdAt: { gt: new Date(createdAfter) } });
  if (createdBefore !== undefined) found.push({ createdAt: { lt: new Date(createdBefore) } });
  return found;
}

/** Prisma hands % and _ to LIKE as they are. */
const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** Ids are UUIDs of version 7, so their order is that of creation; they also break every tie. */
function order({ sort, direction }: RunQuery): Prisma.RunOrderByWithRelationInput[] {
  if (sort === 'createdAt') return [{ id: direction }];
  if (sort === 'finishedAt') return [{ finishedAt: { sort: direction, nulls: 'last' } }, { id: direction }];
  return [{ [sort]: direction }, { id: direction }];
}

function positionOf({ sort }: RunQuery, row: Run): Position {
  if (sort === 'createdAt') return { value: null, id: row.id };
  const value = row[sort];
  return { value: value instanceof Date ? value.toISOString() : value, id: row.id };
}

/** The rows that come after a position. */
function beyond({ sort, direction }: RunQuery, { value, id }: Position): Prisma.RunWhereInput {
  const side = direction === 'asc' ? 'gt' : 'lt';
  const laterId = { id: { [side]: id } };
  if (sort === 'createdAt') return laterId;
  if (value === null) return { AND: [{ [sort]: null }, laterId] };
  const tie = { AND: [{ [sort]: value }, laterId] };
  const later = [{ [sort]: { [side]: value } }, tie];
  return { OR: sort === 'finishedAt' ? [...later, { finishedAt: null }] : later };
}
