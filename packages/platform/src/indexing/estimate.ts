/** What an index will take, from what earlier runs took. */
import { findKindSchema, type UnitPicturesInput, type IndexPart } from '@fovea/experiments/schema';
import type { Database } from '../database.ts';
import type { ModelWithLayers } from '../registry/models.ts';
import { estimateRun } from '../runs/estimate.ts';
import { workPerPixelUpTo } from '../runs/work.ts';
import { listWorkers } from '../workers.ts';
import { bytesOfGroup } from './estimate-bytes.ts';
import { picturesIn, stepsOf, type PlannedRun } from './plan.ts';

/** The runs of one part for one layer. */
export interface GroupEstimate {
  readonly part: IndexPart;
  readonly layer: string | null;
  readonly runs: number;
  /** Of units; 0 where the part makes none. */
  readonly pictures: number;
  /** Of all its runs, one after the other. */
  readonly seconds: number;
  readonly bytes: number;
}

export interface IndexEstimate {
  /** On the workers that are there, from the first run to the last. */
  readonly seconds: number;
  readonly bytes: number;
  readonly pictures: number;
  readonly runs: number;
  /** Runs that these workers execute at once. */
  readonly places: number;
  /** On what the time of the pictures rests, in words. */
  readonly explanation: string;
  readonly groups: readonly GroupEstimate[];
}

export async function estimateIndex(
  db: Database,
  planned: readonly PlannedRun[],
  model: ModelWithLayers,
): Promise<IndexEstimate> {
  const speed = await pictureSpeed(db, model);
  const groups: GroupEstimate[] = [];
  for (const runs of groupsOf(planned)) {
    const { part, layer } = runs[0]!;
    const pictures = runs.reduce((sum, run) => sum + picturesIn(run), 0);
    const seconds = await secondsOf(db, runs, model, speed);
    const bytes = await bytesOfGroup(db, runs, model);
    groups.push({ part, layer, runs: runs.length, pictures, seconds, bytes });
  }
  const places = await placesOfWorkers(db);
  const sum = (of: (group: GroupEstimate) => number) => groups.reduce((total, each) => total + of(each), 0);
  return {
    seconds: sum(({ seconds }) => seconds) / places,
    bytes: sum(({ bytes }) => bytes),
    pictures: sum(({ pictures }) => pictures),
    runs: planned.length,
    places,
    explanation: speed.explanation,
    groups,
  };
}

function groupsOf(planned: readonly PlannedRun[]): PlannedRun[][] {
  const groups = Map.groupBy(planned, ({ part, layer }) => JSON.stringify([part, layer]));
  return [...groups.values()];
}

/** As if one worker were there where there is none: somebody will start it. */
async function placesOfWorkers(db: Database): Promise<number> {
  const online = (await listWorkers(db)).filter(({ state }) => state === 'online');
  return Math.max(
    1,
    online.reduce((sum, { concurrency }) => sum + concurrency, 0),
  );
}

interface PictureSpeed {
  /** Multiply-adds in a second of one run. */
  readonly workPerSecond: number;
  readonly explanation: string;
}

/** Of one core with compiled steps, where no run has shown it. */
const calibratedSpeed: PictureSpeed = {
  workPerSecond: 2e9,
  explanation: 'No pictures of units were made here yet: a core of a usual server is assumed',
};

/** Multiply-adds for each pixel that parametrization and transforms are worth. */
const workOfPicture = 1_000;

/** Enough to shrug off a run that had the machine to itself. */
const historyLength = 50;

async function pictureSpeed(db: Database, model: ModelWithLayers): Promise<PictureSpeed> {
  const ofModel = await speedOfRuns(db, [model]);
  if (ofModel) return { ...ofModel, explanation: `From ${ofModel.explanation} with this model` };
  const others = await db.model.findMany({
    where: { runs: { some: { kind: 'unit-pictures', status: 'succeeded' } } },
    include: { layers: { orderBy: { ordinal: 'asc' } } },
  });
  const ofOthers = await speedOfRuns(db, others);
  if (!ofOthers) return calibratedSpeed;
  return {
    ...ofOthers,
    explanation: `From ${ofOthers.explanation} with other models, by the size of the networks`,
  };
}

async function speedOfRuns(
  db: Database,
  models: readonly Pick<ModelWithLayers, 'id' | 'preprocessing' | 'layers'>[],
): Promise<PictureSpeed | null> {
  const runs = await db.run.findMany({
    where: {
      kind: 'unit-pictures',
      status: 'succeeded',
      modelId: { in: models.map(({ id }) => id) },
      wallSeconds: { gt: 0 },
    },
    orderBy: { id: 'desc' },
    take: historyLength,
    select: { modelId: true, input: true, total: true, wallSeconds: true },
  });
  if (runs.length === 0) return null;
  const byId = new Map(models.map((model) => [model.id, model]));
  const work = runs.reduce((sum, run) => {
    const input = run.input as UnitPicturesInput;
    return sum + run.total * workOfStep(input.layer, input, byId.get(run.modelId!)!);
  }, 0);
  const seconds = runs.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
  const explanation = runs.length === 1 ? 'the last run' : `the last ${runs.length} runs`;
  return { workPerSecond: work / seconds, explanation };
}

function workOfStep(
  layer: string,
  { width, height }: Pick<UnitPicturesInput, 'width' | 'height'>,
  model: Pick<ModelWithLayers, 'preprocessing' | 'layers'>,
): number {
  return width * height * (workPerPixelUpTo(layer, model) + workOfPicture);
}

/** Loading the model, and compiling the steps of its sizes. */
const overhead = 5;

async function secondsOf(
  db: Database,
  runs: readonly PlannedRun[],
  model: ModelWithLayers,
  { workPerSecond }: PictureSpeed,
): Promise<number> {
  const { part, layer, kind: name, input } = runs[0]!;
  const kind = findKindSchema(name)!;
  const parsed = kind.input.parse(input);
  if (part !== 'pictures' && part !== 'deepdream')
    return runs.length * (await estimateRun(db, { kind, input: parsed, model })).seconds;
  const steps = runs.reduce((sum, run) => sum + stepsOf(run), 0);
  const step = workOfStep(layer!, parsed as UnitPicturesInput, model);
  // What runs took counts their beginnings, too.
  return (
    (steps * step) / workPerSecond +
    (workPerSecond === calibratedSpeed.workPerSecond ? overhead * runs.length : 0)
  );
}
