/**
 * A synthetic stimulus: an image that is a pure function of its size and of parameters that a method can vary one by one,
 * as photographs cannot be. Angles are in degrees, clockwise on the screen; lengths are in pixels; the origin is the pixel
 * (⌊width/2⌋, ⌊height/2⌋), as Lucid has it.
 */
import type { z } from 'zod';
import type { ImageSize } from '../dataset.ts';

export type StimulusValue = number | string | boolean | null;

export type StimulusParameters = Readonly<Record<string, StimulusValue>>;

/** From 0 on, the end left out. */
export const everyDegrees = (step: number, end: number): number[] =>
  Array.from({ length: Math.ceil(end / step) }, (_, index) => index * step);

type Fields = Readonly<Record<string, z.ZodType<StimulusValue>>>;

interface Definition<Parameters, Shape extends Fields> {
  /** Kebab-case: `rounded-corner`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Goes up whenever the same parameters give another image. */
  readonly version: number;
  /** Each has a default, limits and a description; its meta has a title and, for lengths and angles, a unit. */
  readonly parameters: Shape;
  /**
   * After how many degrees of `orientation` a preference comes back: 180 where up and down are the same line, however its
   * phase changes. Null where it has no orientation.
   */
  readonly period: number | null;
  /** Values of the parameters that its set varies, if nothing else is asked for. */
  readonly usual: Readonly<Record<string, readonly StimulusValue[]>>;
  /** RGB interleaved, row by row, 0 to 255: height · width · 3 values. */
  draw(size: ImageSize, parameters: Parameters): Uint8Array;
}

export type Stimulus = Definition<StimulusParameters, Fields>;

/** Its `draw` is only given what its parameters' schemas let through. */
export function stimulus<Shape extends Fields>(
  definition: Definition<z.output<z.ZodObject<Shape>>, Shape>,
): Stimulus {
  return definition as unknown as Stimulus;
}
