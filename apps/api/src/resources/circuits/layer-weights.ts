/** Weights between single units, out of the files that hold those between whole layers. */
import { layerWeights, type LayerWeights } from '@fovea/experiments/schema';
import type { Database, ObjectStore } from '@fovea/platform';
import type { OfModel } from './neighbours.ts';

export interface Kernel {
  readonly height: number;
  readonly width: number;
  /** Row after row. */
  readonly values: readonly number[];
}

export interface WeightsBetween {
  readonly from: string;
  readonly to: string;
  /** Undefined where the layers hold no such units. */
  kernel(fromChannel: number, toChannel: number): Promise<Kernel | undefined>;
}

/** Of each two of these layers between which weights were read, the newest. */
export async function readLayerWeights(
  { db, store }: { db: Database; store: ObjectStore },
  ofModel: OfModel,
  layers: readonly string[],
): Promise<WeightsBetween[]> {
  const { teamId, modelId } = ofModel;
  const rows = await db.layerEvidence.findMany({
    where: {
      teamId,
      modelId,
      kind: 'unit-weights',
      layer: { in: [...layers] },
      subject: { in: [...layers] },
    },
    orderBy: { createdAt: 'desc' },
    select: { data: true, runId: true },
  });
  const found = new Map<string, WeightsBetween>();
  for (const { data, runId } of rows) {
    const evidence = layerWeights.parse(data);
    // What was read along a single residual path is not what the units do to each other.
    if (evidence.path !== null) continue;
    const name = JSON.stringify([evidence.from, evidence.to]);
    if (!found.has(name)) found.set(name, weightsBetween({ db, store }, runId, evidence));
  }
  return [...found.values()];
}

const BYTES = 4;

function weightsBetween(
  { db, store }: { db: Database; store: ObjectStore },
  runId: string,
  { from, to, parts }: LayerWeights,
): WeightsBetween {
  const keys = new Map<string, Promise<string>>();
  const keyOf = (name: string) => {
    const known = keys.get(name) ?? artifactKey(db, runId, name);
    keys.set(name, known);
    return known;
  };
  return {
    from,
    to,
    async kernel(fromChannel, toChannel) {
      const part = parts.find(({ start, count }) => toChannel >= start && toChannel < start + count);
      if (!part) return undefined;
      const { artifact, offset, shape } = part.weights;
      const [, inputs, height, width] = shape as [number, number, number, number];
      if (fromChannel >= inputs) return undefined;
      const bytes = BYTES * height * width;
      const start = offset + bytes * ((toChannel - part.start) * inputs + fromChannel);
      const values = await readFloats(store, await keyOf(artifact), start, start + bytes - 1);
      return { height, width, values: values.map(threeDigits) };
    },
  };
}

async function artifactKey(db: Database, runId: string, name: string): Promise<string> {
  const { key } = await db.artifact.findUniqueOrThrow({
    where: { runId_name: { runId, name } },
    select: { key: true },
  });
  return key;
}

async function readFloats(store: ObjectStore, key: string, start: number, end: number): Promise<number[]> {
  const { stream } = await store.get(key, { start, end });
  const bytes = Buffer.concat(await stream.toArray());
  return Array.from({ length: bytes.length / BYTES }, (_, index) => bytes.readFloatLE(BYTES * index));
}

/** As the evidence of units has them. */
const threeDigits = (value: number) => Number(value.toPrecision(3));
