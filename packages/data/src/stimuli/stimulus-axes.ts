/** The values that the parameters of a stimulus set take, and all their combinations. */
import type { z } from 'zod';
import { DatasetError } from '../errors.ts';
import type { Stimulus, StimulusParameters, StimulusValue } from './stimulus.ts';

/** Of each parameter, in the order in which the stimulus lists them. */
export type StimulusAxes = readonly (readonly [name: string, values: readonly StimulusValue[]])[];

/**
 * @param given a value or values for the parameters that are not to have their default
 * @throws DatasetError BAD_STIMULUS_SET
 */
export function stimulusAxes(
  { name, parameters }: Stimulus,
  given: Readonly<Record<string, StimulusValue | readonly StimulusValue[]>>,
): StimulusAxes {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(parameters, key));
  if (unknown !== undefined)
    throw badStimulusSet(`has no parameter ${unknown}; ${name} has ${Object.keys(parameters).join(', ')}`);
  return Object.entries(parameters).map(([key, schema]) => {
    const values = [given[key]].flat();
    return [key, values.map((each) => parsed(schema, each, key))] as const;
  });
}

/** Number of combinations. */
export const combinationCount = (axes: StimulusAxes): number =>
  axes.reduce((product, [, values]) => product * values.length, 1);

/** The last parameter changes fastest. */
export function combination(axes: StimulusAxes, index: number): StimulusParameters {
  let rest = index;
  const chosen = axes.toReversed().map(([key, values]) => {
    const value = values[rest % values.length]!;
    rest = Math.floor(rest / values.length);
    return [key, value] as const;
  });
  return Object.fromEntries(chosen.toReversed());
}

/** @param where in front of the place of a fault */
export function parsed<Output>(schema: z.ZodType<Output>, value: unknown, where = ''): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw badStimulusSet(`has at ${[where, ...path].filter(Boolean).join('.')}: ${message}`);
}

export const badStimulusSet = (fault: string) =>
  new DatasetError('BAD_STIMULUS_SET', `The stimulus set ${fault}.`);
