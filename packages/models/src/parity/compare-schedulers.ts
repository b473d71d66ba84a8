/** Noise schedules and steps of ours against the record of diffusers' schedulers. */
import { tf } from '@fovea/tensor';
import { z } from 'zod';
import { ddimStep } from '../diffusion/ddim.ts';
import { addNoise } from '../diffusion/noise-schedule.ts';
import { samplingPlan, type SamplingPlan } from '../diffusion/sampling-plan.ts';
import { parseSchedulerConfig, type DdimConfig } from '../diffusion/scheduler-config.ts';
import { activationTolerance, parityResult, row, type ParityResult, type ParityRow } from './result.ts';
import { deviation, summarySchema, type Summary } from './summary.ts';
import { syntheticInput } from './synthetic-tensor.ts';

const runSchema = z.object({
  config: z.looseObject({ beta_schedule: z.string().default('linear') }),
  timesteps: z.array(z.int()),
  alphas_cumprod: z.record(z.string().regex(/^\d+$/), z.number()).describe('By timestep'),
  ddim_eta0: z
    .array(summarySchema)
    .describe('x after each step from x_T, with ε of the names eps0, eps1, ...'),
  add_noise_t500: summarySchema.describe('x_0 with the noise eps0 of timestep 500'),
});

export const schedulersFixtureSchema = z.object({ reference: z.string(), runs: z.array(runSchema).min(1) });

export type SchedulersFixture = z.infer<typeof schedulersFixtureSchema>;

/** @throws MalformedSchedulerConfigError */
export async function compareSchedulers({ reference, runs }: SchedulersFixture): Promise<ParityResult> {
  const rows = await Promise.all(runs.map((run) => compareRun(run)));
  return parityResult(`schedulers (${reference})`, rows.flat());
}

async function compareRun(run: z.infer<typeof runSchema>): Promise<ParityRow[]> {
  const config = parseSchedulerConfig({ ...run.config, _class_name: 'DDIMScheduler' }) as DdimConfig;
  const plan = samplingPlan(config, run.timesteps.length);
  const name = (part: string) => `${run.config.beta_schedule}: ${part}`;
  const { alphasCumprod } = plan.schedule;
  const noisy = tf.tidy(() => {
    const { shape } = run.add_noise_t500;
    return addNoise(plan.schedule, synthetic('x_0', shape), synthetic('eps0', shape), 500);
  });
  return [
    row(name('timesteps'), largestShare(plan.timesteps, run.timesteps), 0),
    row(
      name('alphas_cumprod'),
      largestShare(
        Object.keys(run.alphas_cumprod).map((timestep) => alphasCumprod[Number(timestep)]!),
        Object.values(run.alphas_cumprod),
      ),
      activationTolerance,
    ),
    await valueRow(name('x_500'), noisy, run.add_noise_t500),
    ...(await stepRows(plan, run.ddim_eta0, (step) => name(`x after step ${step + 1} of DDIM`))),
  ];
}

async function stepRows(
  plan: SamplingPlan<DdimConfig>,
  references: readonly Summary[],
  nameOf: (step: number) => string,
): Promise<ParityRow[]> {
  const rows: ParityRow[] = [];
  const [{ shape }] = references as [Summary];
  let sample = synthetic('x_T', shape);
  for (const [index, reference] of references.entries()) {
    const next = tf.tidy(() => ddimStep(plan, index, sample, synthetic(`eps${index}`, shape)).sample);
    sample.dispose();
    sample = next;
    rows.push(await valueRow(nameOf(index), sample.clone(), reference));
  }
  sample.dispose();
  return rows;
}

async function valueRow(name: string, value: tf.Tensor, reference: Summary): Promise<ParityRow> {
  const found = deviation(await value.data(), reference);
  value.dispose();
  return row(name, found, activationTolerance);
}

function largestShare(ours: readonly number[], reference: readonly number[]): number {
  const scale = Math.max(...reference.map(Math.abs));
  return Math.max(...reference.map((expected, index) => Math.abs(ours[index]! - expected))) / scale;
}

function synthetic(name: string, shape: readonly number[]): tf.Tensor {
  return tf.tensor(syntheticInput(name, shape), [...shape]);
}
