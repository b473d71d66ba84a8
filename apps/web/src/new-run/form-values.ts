/** What the form of a new run holds, and how it becomes a request. */
import type { Problem, RunRequest } from '@fovea/client';
import type { KindSchema } from '@fovea/experiments/schema';
import { z } from 'zod';
import { initialValue, type JsonSchema } from '../form/json-schema.ts';

const MAX_SEED = 2_147_483_647;
const MAX_TITLE = 200;
const MAX_PRIORITY = 100;

export interface RunFormValues {
  title: string;
  seed: number;
  priority: number;
  force: boolean;
  /** By the input schema of the kind; a field that was emptied is null. */
  input: Record<string, unknown>;
}

export const randomSeed = () => Math.floor(Math.random() * (MAX_SEED + 1));

export const formSchema = (kind: KindSchema) =>
  z.object({
    title: z.string().max(MAX_TITLE),
    seed: z.int(`A whole number from 0 to ${MAX_SEED}`).min(0).max(MAX_SEED),
    priority: z
      .int(`A whole number from -${MAX_PRIORITY} to ${MAX_PRIORITY}`)
      .min(-MAX_PRIORITY)
      .max(MAX_PRIORITY),
    force: z.boolean(),
    input: z.preprocess(withoutBlanks, kind.input),
  });

/** Emptied fields take their default; what is null on purpose has null for its default. */
export function withoutBlanks(input: unknown): unknown {
  return Object.fromEntries(Object.entries(input as object).filter(([, value]) => value !== null));
}

export function blankInput(root: JsonSchema): Record<string, unknown> {
  const names = Object.keys(root.properties ?? {});
  return Object.fromEntries(names.map((name) => [name, initialValue(root.properties![name]!, root)]));
}

export const toRequest = (
  kind: string,
  { title, seed, priority, force, input }: RunFormValues,
): RunRequest => ({
  kind,
  input,
  seed,
  priority,
  force,
  ...(title.trim() && { title: title.trim() }),
});

/** Where in the form a problem of the API belongs: `/input/steps` is the field `input.steps`. */
export const fieldOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');

export function problemMessage({ detail, suggestions }: NonNullable<Problem['errors']>[number]): string {
  const missing = (suggestions ?? []).filter((suggestion) => !detail.includes(suggestion));
  return missing.length > 0 ? `${detail} Nearest: ${missing.join(', ')}.` : detail;
}
