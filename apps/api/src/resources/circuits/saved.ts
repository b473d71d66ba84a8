/** Circuits as somebody saved them. */
import { findModel, PlatformError, type Prisma } from '@fovea/platform';
import type { z } from 'zod';
import { RequestError } from '../../http/problem.ts';
import type { LinkObject } from '../../object-links.ts';
import type { Services } from '../../services.ts';
import {
  circuitGraphSchema,
  type CircuitGraph,
  type circuitSchema,
  type circuitSummarySchema,
} from './contract.ts';
import { describeUnits } from './describe-units.ts';

type Circuit = z.infer<typeof circuitSchema>;
type Summary = z.infer<typeof circuitSummarySchema>;

export interface CircuitContent {
  readonly title: string;
  readonly text: string;
  readonly graph: CircuitGraph;
}

const withNames = {
  model: { select: { name: true } },
  createdBy: { select: { id: true, name: true } },
} as const satisfies Prisma.CircuitInclude;

type Row = Prisma.CircuitGetPayload<{ include: typeof withNames }>;

/** Pictures that stand for a circuit in a list. */
const shownUnits = 6;

/** Newest first; ids are UUIDs of version 7, so their order is that of creation. */
export async function listSaved(
  services: Services,
  { model, limit, cursor }: { model?: string | undefined; limit: number; cursor?: string | undefined },
  link: LinkObject,
): Promise<{ items: Summary[]; nextCursor: string | null }> {
  const { db, owner } = services;
  const rows = await db.circuit.findMany({
    where: { teamId: owner.teamId, model: { name: model }, ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: withNames,
  });
  const page = rows.slice(0, limit);
  return {
    items: await Promise.all(page.map((row) => summarize(services, row, link))),
    nextCursor: rows.length > limit ? page.at(-1)!.id : null,
  };
}

async function summarize(services: Services, row: Row, link: LinkObject): Promise<Summary> {
  const { units } = circuitGraphSchema.parse(row.graph);
  const model = await findModel(services.db, row.model.name);
  const first = units.toSorted((a, b) => Number(b.chosen) - Number(a.chosen)).slice(0, shownUnits);
  const described = await describeUnits(services, model, first, link);
  return {
    ...facts(row),
    units: units.length,
    thumbnails: described.flatMap(({ thumbnail }) => (thumbnail === null ? [] : [thumbnail])),
  };
}

const facts = ({ id, title, model, createdBy, createdAt, updatedAt }: Row) => ({
  id,
  title,
  model: model.name,
  createdBy,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** Throws MODEL_NOT_FOUND. */
export async function saveCircuit(
  services: Services,
  modelName: string,
  content: CircuitContent,
  link: LinkObject,
): Promise<Circuit> {
  const { db, owner } = services;
  const { id: modelId } = await findModel(db, modelName);
  const row = await db.circuit.create({
    data: { ...owner, modelId, ...content, graph: content.graph },
    include: withNames,
  });
  return present(services, row, link);
}

/** Throws CIRCUIT_NOT_FOUND. */
export async function readCircuit(services: Services, id: string, link: LinkObject): Promise<Circuit> {
  return present(services, await requireCircuit(services, id), link);
}

/** Throws CIRCUIT_NOT_FOUND, and CIRCUIT_CHANGED where it is no longer as it was at `updatedAt`. */
export async function changeCircuit(
  services: Services,
  id: string,
  { updatedAt, ...content }: CircuitContent & { readonly updatedAt: string },
  link: LinkObject,
): Promise<Circuit> {
  const { db, owner } = services;
  const { count } = await db.circuit.updateMany({
    where: { id, teamId: owner.teamId, updatedAt: new Date(updatedAt) },
    data: content,
  });
  const row = await requireCircuit(services, id);
  if (count > 0) return present(services, row, link);
  throw new RequestError(
    409,
    'CIRCUIT_CHANGED',
    `The circuit was changed at ${row.updatedAt.toISOString()}, after it was read: read it again, so that nothing is lost`,
  );
}

/** Throws CIRCUIT_NOT_FOUND. */
export async function removeCircuit(services: Services, id: string): Promise<void> {
  const { id: found } = await requireCircuit(services, id);
  await services.db.circuit.delete({ where: { id: found } });
}

async function requireCircuit({ db, owner }: Services, id: string): Promise<Row> {
  const row = await db.circuit.findFirst({ where: { id, teamId: owner.teamId }, include: withNames });
  if (row) return row;
  throw new PlatformError('CIRCUIT_NOT_FOUND', `There is no circuit ${id}`, { id });
}

async function present(services: Services, row: Row, link: LinkObject): Promise<Circuit> {
  const graph = circuitGraphSchema.parse(row.graph);
  const model = await findModel(services.db, row.model.name);
  const chosen = new Map(graph.units.map((unit) => [`${unit.layer}:${unit.channel}`, unit.chosen]));
  const described = await describeUnits(services, model, graph.units, link);
  const found = described.map((unit) => ({
    ...unit,
    chosen: chosen.get(`${unit.layer}:${unit.channel}`) ?? false,
  }));
  return { ...facts(row), text: row.text, graph, found };
}
