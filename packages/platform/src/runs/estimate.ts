/** How long a run would take, from the runs that were most like it. */
import type { KindSchema } from '@fovea/experiments/schema';
import type { Prisma } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import type { ValidRequest } from './validate.ts';
import { workPerPixel, type MeasuredModel } from './work.ts';

export interface RunEstimate {
  /** On a free worker, without waiting in the queue. */
  readonly seconds: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** What the speed was taken from: finished runs that are ever less alike, or a fixed calibration. */
  readonly basis: 'same-input-size' | 'same-model' | 'other-models' | 'calibration';
  /** The basis in words. */
  readonly explanation: string;
}

/** Without its dataset all images are counted that the input allows. */
type EstimatedRequest = Pick<ValidRequest, 'kind' | 'input' | 'model'> &
  Partial<Pick<ValidRequest, 'datasetInfo'>>;

/** Enough to shrug off a run that had the machine to itself, few enough to follow a change of machine. */
const historyLength = 50;

/** Multiply-adds in a second, forwards and back, on two cores with the WASM backend: a guess until a run has finished. */
const calibratedWork = 4e9;

/** Loading the model and storing the results, where no run has shown it. */
const calibratedOverhead = 3;

export async function estimateRun(
  db: Database,
  { kind, input, model, datasetInfo }: EstimatedRequest,
): Promise<RunEstimate> {
  const steps = kind.steps(input, datasetInfo);
  const size = kind.stepSize(input);
  const ofModel = await pastRuns(db, kind, { modelDigest: model?.digest ?? null });
  const ofSize = ofModel.filter((run) => run.size === size);
  if (ofSize.length > 0)
    return fromRuns(
      ofSize,
      steps,
      'same-input-size',
      (run) => run.stepsPerSecond,
      'with this model and input size',
    );
  if (ofModel.length > 0)
    return fromRuns(
      ofModel,
      steps,
      'same-model',
      (run) => (run.stepsPerSecond * run.size) / size,
      'with this model, scaled by the input size',
    );
  const work = size * (model ? workPerPixel(model) : 1);
  const others = await pastRuns(db, kind, {});
  if (others.length > 0)
    return fromRuns(
      others,
      steps,
      'other-models',
      (run) => (run.stepsPerSecond * run.work) / work,
      'with other models, scaled by the size of the networks and of the input',
    );
  const stepsPerSecond = calibratedWork / work;
  return {
    seconds: steps / stepsPerSecond + calibratedOverhead,
    steps,
    stepsPerSecond,
    basis: 'calibration',
    explanation: 'No run of this kind has finished here yet: the speed of a two-core machine is assumed',
  };
}

interface PastRun {
  readonly size: number;
  readonly work: number;
  readonly stepsPerSecond: number;
  /** Seconds that did not go into steps. */
  readonly overhead: number;
}

async function pastRuns(db: Database, kind: KindSchema, filter: Prisma.RunWhereInput): Promise<PastRun[]> {
  const rows = await db.run.findMany({
    where: { ...filter, kind: kind.name, status: 'succeeded', stepsPerSecond: { gt: 0 } },
    orderBy: { id: 'desc' },
    take: historyLength,
    select: { input: true, total: true, stepsPerSecond: true, wallSeconds: true, modelId: true },
  });
  const perPixel = await workOfModels(
    db,
    rows.flatMap(({ modelId }) => modelId ?? []),
  );
  return rows.map(({ input, total, stepsPerSecond, wallSeconds, modelId }) => {
    const size = kind.stepSize(input);
    const rate = stepsPerSecond!;
    return {
      size,
      work: size * (modelId === null ? 1 : perPixel.get(modelId)!),
      stepsPerSecond: rate,
      overhead: Math.max(0, wallSeconds - total / rate),
    };
  });
}

async function workOfModels(db: Database, ids: readonly string[]): Promise<Map<string, number>> {
  const models: (MeasuredModel & { id: string })[] = await db.model.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, preprocessing: true, layers: { select: { shape: true, parameters: true } } },
  });
  return new Map(models.map((model) => [model.id, workPerPixel(model)]));
}

function fromRuns(
  runs: readonly PastRun[],
  steps: number,
  basis: RunEstimate['basis'],
  speedOf: (run: PastRun) => number,
  likeness: string,
): RunEstimate {
  const stepsPerSecond = median(runs.map(speedOf));
  const seconds = steps / stepsPerSecond + median(runs.map((run) => run.overhead));
  const count = runs.length === 1 ? 'the last run' : `the last ${runs.length} runs`;
  return {
    seconds,
    steps,
    stepsPerSecond,
    basis,
    explanation: `Median of ${count} of this kind ${likeness}`,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
