/** The parameters that stimuli have in common, each under one name and with one meaning. */
import { z } from 'zod';

interface Limits {
  readonly from: number;
  readonly to: number;
}

const quantity =
  (unit: string, usual: Limits) =>
  (fallback: number, title: string, description: string, { from, to }: Limits = usual) =>
    z.number().min(from).max(to).default(fallback).describe(description).meta({ title, unit });

export const degrees = quantity('°', { from: -3600, to: 3600 });

export const pixels = quantity('px', { from: 0, to: 10_000 });

export const share = (fallback: number, title: string, description: string) =>
  z.number().min(0).max(1).default(fallback).describe(description).meta({ title });

export const color = (fallback: string, title: string, description: string) =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'expected a colour such as #ff8000, in lower case')
    .default(fallback)
    .describe(description)
    .meta({ title, format: 'color' });

export const orientation = degrees(0, 'Orientation', 'Turns the whole stimulus about its origin');

/** RGB, each 0 to 1. */
export type Rgb = readonly [number, number, number];

export function rgbOf(color: string): Rgb {
  const part = (at: number) => Number.parseInt(color.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

export const radians = (angle: number): number => (angle * Math.PI) / 180;
