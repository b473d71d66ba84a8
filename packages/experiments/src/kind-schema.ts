/** The half of a kind that browsers may import: no tensor engine below this file. */
import type { z } from 'zod';

export interface KindSchema<Input = unknown, Result = unknown> {
  /** Stable identifier, kebab-case: `feature-visualization`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Raised when the same input would give another result; part of a run's hash. */
  readonly version: number;
  readonly input: z.ZodType<Input>;
  readonly result: z.ZodType<Result>;
  /** Optimisation steps or batches that the input asks for, for progress and estimates. */
  steps(input: Input): number;
  /** Name of the model that the input reads, or null. */
  model(input: Input): string | null;
  /** Named starting points for the form and the CLI. */
  readonly presets: Readonly<Record<string, Partial<Input>>>;
}
