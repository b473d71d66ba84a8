/** How the time of a step grows with what is asked of it. */
import type { Figure, Measurement } from '../figure.ts';
import { loadModel } from '../model.ts';
import { compare, median, repeated, type Body } from '../pairs.ts';
import { startSteps, stepBody, type StepJob } from '../step-body.ts';

const steps = 10;

export function growthFigures(model: string, layer: string): Figure[] {
  const plain: StepJob = { model, layer };
  const body = (changes: Partial<StepJob>) => () =>
    stepBody({ ...plain, ...changes }, { engine: 'compiled', steps });
  const figure = (axis: string, title: string, measure: () => Promise<Measurement>): Figure => ({
    name: `growth:${axis}`,
    title: `${title}, ${model} ${layer}`,
    measure,
  });
  return [
    figure('channels', 'First step of a run for another channel', () => channelGrowth(plain)),
    figure('steps', 'A step after 300 steps', () => stepGrowth(plain)),
    figure('size', 'A step on 448² pixels, four times the plain', () =>
      against(body({ side: 448 }), body({ side: 224 }), ['448²', '224²']),
    ),
    figure('batch', 'A step on a batch of 4', () =>
      against(body({ batch: 4 }), body({}), ['4 pictures', '1 picture']),
    ),
  ];
}

async function against(
  startLarger: () => Promise<Body>,
  startPlain: () => Promise<Body>,
  [larger, plain]: readonly [string, string],
): Promise<Measurement> {
  await using ours = await startLarger();
  await using reference = await startPlain();
  const { ours: value, other, ratio, pairs } = await compare(ours, reference, 3);
  return {
    ours: { what: larger, value, unit: 'ms' },
    reference: { what: plain, value: other, unit: 'ms' },
    ratio: 1 / ratio,
    ratioOf: 'ours / reference',
    pairs,
  };
}

/** One session serves all channels of a layer, so a new one costs no more than the same again. */
async function channelGrowth(job: StepJob): Promise<Measurement> {
  const model = await loadModel(job.model);
  let next = 1;
  const firstStep = (channelOf: () => number) => async () => {
    const running = startSteps(model, { ...job, channel: channelOf() }, { engine: 'compiled' });
    for (let event = 0; event < 2; event++) await running.next();
    await running.return(undefined as never);
  };
  await firstStep(() => 0)();
  await using others = repeated(
    'another channel',
    3,
    firstStep(() => next++),
  );
  await using same = repeated(
    'the same channel',
    3,
    firstStep(() => 0),
    () => model.dispose(),
  );
  const { ours, other, ratio, pairs } = await compare(others, same, 3);
  return {
    ours: { what: others.label, value: ours, unit: 'ms' },
    reference: { what: same.label, value: other, unit: 'ms' },
    ratio: 1 / ratio,
    ratioOf: 'ours / reference',
    pairs,
  };
}

async function stepGrowth(job: StepJob): Promise<Measurement> {
  await using body = await stepBody(job, { engine: 'compiled', steps: 30 });
  const times: number[] = [];
  for (let part = 0; part < 10; part++) times.push(await body.time());
  const [early, late] = [median(times.slice(0, 3)), median(times.slice(-3))];
  return {
    ours: { what: 'steps 210 to 300', value: late, unit: 'ms' },
    reference: { what: 'the first 90', value: early, unit: 'ms' },
    ratio: late / early,
    ratioOf: 'ours / reference',
  };
}
