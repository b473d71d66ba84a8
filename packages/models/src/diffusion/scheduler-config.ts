/** The scheduler_config.json of a diffusers folder, with diffusers' own defaults. */
import { z } from 'zod';
import { ModelError } from '../errors.ts';

export class MalformedSchedulerConfigError extends ModelError {
  constructor(fault: string) {
    super('MALFORMED_SCHEDULER_CONFIG', `This is not a scheduler's configuration:\n${fault}`);
  }
}

const noise = {
  num_train_timesteps: z.int().positive().default(1000),
  beta_start: z.number().positive().default(0.0001),
  beta_end: z.number().positive().default(0.02),
  beta_schedule: z.enum(['linear', 'scaled_linear', 'squaredcos_cap_v2']).default('linear'),
  trained_betas: z.array(z.number()).nullable().default(null),
  prediction_type: z.enum(['epsilon', 'sample', 'v_prediction']).default('epsilon'),
  timestep_spacing: z.enum(['leading', 'trailing', 'linspace']).default('leading'),
  steps_offset: z.int().default(0),
};

const bounds = {
  clip_sample: z.boolean().default(true),
  clip_sample_range: z.number().positive().default(1),
  thresholding: z.boolean().default(false),
  dynamic_thresholding_ratio: z.number().min(0).max(1).default(0.995),
  sample_max_value: z.number().positive().default(1),
  rescale_betas_zero_snr: z.boolean().default(false),
};

const ddpm = z.object({
  _class_name: z.literal('DDPMScheduler'),
  ...noise,
  ...bounds,
  variance_type: z.enum(['fixed_small', 'fixed_small_log', 'fixed_large']).default('fixed_small'),
});

const ddim = z.object({
  _class_name: z.literal('DDIMScheduler'),
  ...noise,
  ...bounds,
  set_alpha_to_one: z.boolean().default(true),
});

const pndm = z.object({
  _class_name: z.literal('PNDMScheduler'),
  ...noise,
  prediction_type: z.enum(['epsilon', 'v_prediction']).default('epsilon'),
  set_alpha_to_one: z.boolean().default(false),
  skip_prk_steps: z.boolean().default(false),
});

const fileSchema = z.discriminatedUnion('_class_name', [ddpm, ddim, pndm]);

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

type Camel<File> = {
  readonly [Key in Exclude<keyof File, '_class_name'> & string as CamelCase<Key>]: File[Key];
};

export type DdpmConfig = { readonly kind: 'ddpm' } & Camel<z.infer<typeof ddpm>>;
export type DdimConfig = { readonly kind: 'ddim' } & Camel<z.infer<typeof ddim>>;
export type PndmConfig = { readonly kind: 'pndm' } & Camel<z.infer<typeof pndm>>;
export type SchedulerConfig = DdpmConfig | DdimConfig | PndmConfig;

const kinds = { DDPMScheduler: 'ddpm', DDIMScheduler: 'ddim', PNDMScheduler: 'pndm' } as const;

/**
 * @param file parsed JSON; keys of other schedulers are ignored, as diffusers does
 * @throws MalformedSchedulerConfigError
 */
export function parseSchedulerConfig(file: unknown): SchedulerConfig {
  const parsed = fileSchema.safeParse(file);
  if (!parsed.success) throw new MalformedSchedulerConfigError(z.prettifyError(parsed.error));
  const { _class_name: className, ...settings } = parsed.data;
  return { kind: kinds[className], ...camelCased(settings) } as SchedulerConfig;
}

function camelCased(settings: object): Record<string, unknown> {
  const camel = (key: string) => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [camel(key), value]));
}
