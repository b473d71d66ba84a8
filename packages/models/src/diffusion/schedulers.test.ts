import { randomFor, startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedMaterial } from '../testing/shared-material.ts';
import { syntheticInput } from '../parity/synthetic-tensor.ts';
import { ddimStep } from './ddim.ts';
import { ddpmStep, ddpmVariance } from './ddpm.ts';
import { bounded } from './denoised.ts';
import { addNoise, noiseSchedule, velocity } from './noise-schedule.ts';
import { emptyHistory, pndmStep } from './pndm.ts';
import { samplingPlan } from './sampling-plan.ts';
import {
  MalformedSchedulerConfigError,
  parseSchedulerConfig,
  type DdimConfig,
  type DdpmConfig,
  type PndmConfig,
} from './scheduler-config.ts';

const ddim = (settings: object = {}) =>
  parseSchedulerConfig({ _class_name: 'DDIMScheduler', ...settings }) as DdimConfig;
const ddpm = (settings: object = {}) =>
  parseSchedulerConfig({ _class_name: 'DDPMScheduler', ...settings }) as DdpmConfig;
const pndm = (settings: object = {}) =>
  parseSchedulerConfig({ _class_name: 'PNDMScheduler', ...settings }) as PndmConfig;

/** Stable Diffusion's own. */
const stableDiffusion = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  clip_sample: false,
  set_alpha_to_one: false,
  skip_prk_steps: true,
  steps_offset: 1,
};

function normal(purpose: string, shape: number[]): tf.Tensor {
  const random = randomFor(7, 0, purpose);
  const count = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, () => random.normal()),
    shape,
  );
}

function expectClose(actual: tf.Tensor, expected: tf.Tensor, tolerance = 1e-4): void {
  const difference = tf.tidy(() => actual.sub(expected).abs().max().dataSync()[0]!);
  expect(difference).toBeLessThanOrEqual(tolerance * expected.abs().max().dataSync()[0]!);
}

beforeAll(() => startBackend());

describe('a scheduler configuration', () => {
  test("has diffusers' defaults", () => {
    expect(ddim()).toMatchObject({ kind: 'ddim', betaEnd: 0.02, clipSample: true, setAlphaToOne: true });
    expect(pndm()).toMatchObject({ kind: 'pndm', skipPrkSteps: false, setAlphaToOne: false });
    expect(ddpm()).toMatchObject({ kind: 'ddpm', varianceType: 'fixed_small', timestepSpacing: 'leading' });
  });

  test('that is of no known scheduler, or of unknown noise, is refused', () => {
    expect(() => parseSchedulerConfig({ _class_name: 'LCMScheduler' })).toThrow(
      MalformedSchedulerConfigError,
    );
    expect(() => ddim({ beta_schedule: 'sigmoid' })).toThrow(/beta_schedule/);
    expect(() => ddpm({ variance_type: 'learned' })).toThrow(/variance_type/);
  });
});

describe('timesteps', () => {
  test('lead, trail or span, as "Common Diffusion Noise Schedules" tables them', () => {
    const of = (settings: object) => samplingPlan(ddim(settings), 10).timesteps;
    expect(of({})).toEqual([900, 800, 700, 600, 500, 400, 300, 200, 100, 0]);
    expect(of({ steps_offset: 1 })).toEqual([901, 801, 701, 601, 501, 401, 301, 201, 101, 1]);
    expect(of({ timestep_spacing: 'trailing' })).toEqual([999, 899, 799, 699, 599, 499, 399, 299, 199, 99]);
    expect(of({ timestep_spacing: 'linspace' })).toEqual([999, 888, 777, 666, 555, 444, 333, 222, 111, 0]);
  });

  test('of PNDM begin twice at the second, or in half strides', () => {
    const short = samplingPlan(pndm(stableDiffusion), 5).timesteps;
    expect(short).toEqual([801, 601, 601, 401, 201, 1]);
    const whole = samplingPlan(pndm(), 5).timesteps;
    expect(whole).toEqual([800, 700, 700, 600, 600, 500, 500, 400, 400, 300, 300, 200, 200, 0]);
  });

  test('cannot be more than those of training', () => {
    expect(() => samplingPlan(ddim(), 1001)).toThrow(RangeError);
  });
});

describe('noise', () => {
  const schedules = ['linear', 'scaled_linear', 'squaredcos_cap_v2'];

  test.each(schedules)('of the %s schedule only grows', (schedule) => {
    const { alphasCumprod } = noiseSchedule(ddim({ beta_schedule: schedule }));
    expect(alphasCumprod.every((value, index) => index === 0 || value < alphasCumprod[index - 1]!)).toBe(
      true,
    );
    expect(alphasCumprod[0]).toBeGreaterThan(0.99);
  });

  test('leaves nothing of the signal in the end where that is asked for', () => {
    const { alphasCumprod } = noiseSchedule(ddim({ ...stableDiffusion, rescale_betas_zero_snr: true }));
    expect(alphasCumprod.at(-1)).toBe(0);
    expect(alphasCumprod[0]).toBeCloseTo(1 - 0.00085, 6);
  });

  test('and velocity are perpendicular: x_t² + v² = x_0² + ε²', () => {
    const schedule = noiseSchedule(ddim());
    const [clean, noise] = [normal('clean', [64]), normal('noise', [64])];
    const noisy = addNoise(schedule, clean, noise, 321);
    const speed = velocity(schedule, clean, noise, 321);
    expectClose(noisy.square().add(speed.square()), clean.square().add(noise.square()));
  });
});

describe('a step that is told the truth', () => {
  const shape = [2, 4, 4, 3];
  const cases = fc.record({
    prediction: fc.constantFrom('epsilon', 'sample', 'v_prediction'),
    schedule: fc.constantFrom('linear', 'scaled_linear'),
    index: fc.integer({ min: 0, max: 9 }),
  });

  /** x_t and what a perfect network says about it. */
  function truth(prediction: string, schedule: ReturnType<typeof noiseSchedule>, timestep: number) {
    const [clean, noise] = [normal('clean', shape), normal('noise', shape)];
    const sample = addNoise(schedule, clean, noise, timestep);
    const outputs: Record<string, tf.Tensor> = {
      epsilon: noise,
      sample: clean,
      v_prediction: velocity(schedule, clean, noise, timestep),
    };
    return { clean, noise, sample, output: outputs[prediction]! };
  }

  test('by DDIM finds x_0, and goes to x_t of the next timestep', () => {
    fc.assert(
      fc.property(cases, ({ prediction, schedule, index }) => {
        tf.tidy(() => {
          const settings = { beta_schedule: schedule, clip_sample: false, prediction_type: prediction };
          const plan = samplingPlan(ddim(settings), 10);
          const timestep = plan.timesteps[index]!;
          const { clean, noise, sample, output } = truth(prediction, plan.schedule, timestep);
          const step = ddimStep(plan, index, sample, output);
          expectClose(step.denoised, clean, 1e-3);
          const next = plan.timesteps[index + 1];
          expectClose(
            step.sample,
            next === undefined ? clean : addNoise(plan.schedule, clean, noise, next),
            1e-3,
          );
        });
      }),
    );
  });

  test('by DDPM finds x_0, and ends there', () => {
    fc.assert(
      fc.property(cases, ({ prediction, schedule, index }) => {
        tf.tidy(() => {
          const settings = { beta_schedule: schedule, clip_sample: false, prediction_type: prediction };
          const plan = samplingPlan(ddpm(settings), 10);
          const { clean, sample, output } = truth(prediction, plan.schedule, plan.timesteps[index]!);
          const step = ddpmStep(plan, index, sample, output, normal('fresh', shape));
          expectClose(step.denoised, clean, 1e-3);
          if (index === 9) expectClose(step.sample, clean, 1e-3);
        });
      }),
    );
  });

  test.each([true, false])('by PNDM stays on the way to x_0 (skipping Runge-Kutta steps: %s)', (skip) => {
    tf.tidy(() => {
      const plan = samplingPlan(pndm({ ...stableDiffusion, skip_prk_steps: skip }), 10);
      const { clean, noise } = truth('epsilon', plan.schedule, plan.timesteps[0]!);
      let sample = addNoise(plan.schedule, clean, noise, plan.timesteps[0]!);
      let history = emptyHistory;
      for (const index of plan.timesteps.keys())
        ({ sample, history } = pndmStep(plan, index, sample, noise, history));
      expectClose(sample, addNoise(plan.schedule, clean, noise, 0), 1e-3);
    });
  });
});

/** What the arithmetic of diffusers' PNDMScheduler gives in double precision for ε = x / 2 + sin(t / 100). */
test.each([
  [{ ...stableDiffusion }, 10, [-0.7201708, -3.809773, 0.3096965]],
  [{ ...stableDiffusion, prediction_type: 'v_prediction' }, 7, [-0.1917787, -0.8087567, 0.0138807]],
  [{ ...stableDiffusion, skip_prk_steps: false, steps_offset: 0 }, 10, [-0.5633468, -3.6568182, 0.4678104]],
  [{}, 6, [-1.2603809, -6.7622208, 0.5735658]],
])('PNDM with %j in %i steps ends where that of diffusers does', (settings, steps, expected) => {
  tf.tidy(() => {
    const plan = samplingPlan(pndm(settings), steps);
    let sample: tf.Tensor = tf.tensor1d([0.3, -1.2, 0.8]);
    let history = emptyHistory;
    for (const [index, timestep] of plan.timesteps.entries()) {
      const output = sample.mul(0.5).add(Math.sin(timestep / 100));
      ({ sample, history } = pndmStep(plan, index, sample, output, history));
    }
    expectClose(sample, tf.tensor1d(expected), 1e-5);
  });
});

describe('randomness', () => {
  test('of DDIM with η = 1 is that of DDPM', () => {
    tf.tidy(() => {
      const [sample, output, noise] = ['sample', 'output', 'fresh'].map((name) => normal(name, [1, 4, 4, 3]));
      const [one, other] = [samplingPlan(ddim(), 10), samplingPlan(ddpm(), 10)];
      const asDdim = ddimStep(one, 4, sample!, output!, { eta: 1, noise: noise! });
      // Both clip x_0, but only DDPM carries the clipping over to ε: compare without.
      const free = { ...one, config: { ...one.config, clipSample: false } };
      const freeOther = { ...other, config: { ...other.config, clipSample: false } };
      expectClose(
        ddimStep(free, 4, sample!, output!, { eta: 1, noise: noise! }).sample,
        ddpmStep(freeOther, 4, sample!, output!, noise!).sample,
        1e-3,
      );
      expect(asDdim.denoised.abs().max().dataSync()[0]).toBeLessThanOrEqual(1);
    });
  });

  test('is β where the large variance is asked for, and less otherwise', () => {
    const variance = (varianceType: DdpmConfig['varianceType']) => ddpmVariance({ varianceType }, 0.5, 0.8);
    expect(variance('fixed_large')).toBeCloseTo(1 - 0.5 / 0.8, 9);
    expect(variance('fixed_small')).toBeCloseTo((0.2 / 0.5) * (1 - 0.5 / 0.8), 9);
    expect(variance('fixed_small_log')).toBe(variance('fixed_small'));
  });
});

describe('a sample out of range', () => {
  const values = [-4, -3, -2, -1, 0, 0.5, 1, 2];

  test('is clipped', () => {
    const clipped = bounded(ddim({ clip_sample_range: 2 }), tf.tensor2d(values, [1, 8]));
    expect([...clipped.dataSync()]).toEqual([-2, -2, -2, -1, 0, 0.5, 1, 2]);
  });

  test('is scaled by a quantile of its magnitudes', () => {
    const config = ddim({ thresholding: true, dynamic_thresholding_ratio: 0.75, sample_max_value: 10 });
    // Sorted magnitudes 0 .5 1 1 2 2 3 4: the quantile 0.75 lies at 5.25, so 2.25.
    const scaled = bounded(config, tf.tensor2d(values, [1, 8]));
    const expected = values.map((value) => Math.max(-2.25, Math.min(2.25, value)) / 2.25);
    expectClose(scaled, tf.tensor2d(expected, [1, 8]), 1e-6);
  });
});

interface Summary {
  shape: number[];
  absmax: number;
  samples: [index: number, value: number][];
}

interface Fixture {
  runs: {
    config: object;
    timesteps: number[];
    alphas_cumprod: Record<string, number>;
    ddim_eta0: Summary[];
    add_noise_t500: Summary;
  }[];
}

describe.skipIf(!sharedMaterial.present)(
  `Schedulers as diffusers computes them${sharedMaterial.note}`,
  () => {
    const synthetic = (name: string, shape: number[]) => tf.tensor(syntheticInput(name, shape), shape);

    function expectSummary(value: tf.Tensor, summary: Summary): void {
      expect(value.shape).toEqual(summary.shape);
      const values = value.dataSync();
      for (const [index, expected] of summary.samples)
        expect(Math.abs(values[index]! - expected)).toBeLessThanOrEqual(1e-4 * summary.absmax);
    }

    test('agree in noise, timesteps and ten steps of DDIM', () => {
      const { runs } = sharedMaterial.json('fixtures', 'schedulers.json') as Fixture;
      for (const run of runs) {
        const plan = samplingPlan(ddim(run.config), run.timesteps.length);
        expect(plan.timesteps).toEqual(run.timesteps);
        for (const [timestep, expected] of Object.entries(run.alphas_cumprod))
          expect(plan.schedule.alphasCumprod[Number(timestep)]! / expected).toBeCloseTo(1, 5);

        const { shape } = run.add_noise_t500;
        const noisy = addNoise(plan.schedule, synthetic('x_0', shape), synthetic('eps0', shape), 500);
        expectSummary(noisy, run.add_noise_t500);

        let sample = synthetic('x_T', shape);
        run.ddim_eta0.forEach((summary, index) => {
          sample = ddimStep(plan, index, sample, synthetic(`eps${index}`, shape)).sample;
          expectSummary(sample, summary);
        });
      }
    });
  },
);
