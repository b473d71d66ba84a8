/**
 * An image of two regions, given by a function that is negative in one and not in the other: Lucid's `sample_binary_image`.
 * Lucid places the samples of a pixel at random; here they are the first points of a low-discrepancy sequence, so that the
 * same parameters give the same bytes.
 */
import { z } from 'zod';
import type { ImageSize } from '../dataset.ts';
import { paint } from './paint.ts';
import { color, pixels, rgbOf } from './parameters.ts';

const radius = (title: string, description: string) =>
  z.number().min(0).max(10_000).nullable().default(null).describe(description).meta({ title, unit: 'px' });

export const appearance = {
  colorA: color('#ffffff', 'Colour a', 'Where the energy is zero or positive'),
  colorB: color('#000000', 'Colour b', 'Where the energy is negative, or of the boundary line'),
  boundaryLine: z
    .boolean()
    .default(false)
    .describe('Draws the boundary of the regions in colour b on colour a, in place of filling them')
    .meta({ title: 'Boundary line' }),
  boundaryWidth: pixels(1, 'Boundary width', 'How far the boundary line reaches to either side'),
  blurBeyondRadius: radius(
    'Blur beyond',
    'Distance from the origin from which on the image is ever more blurred',
  ),
  fadeBeyondRadius: radius('Fade beyond', 'Distance from the origin from which on the image fades out'),
  fadeOverDistance: pixels(10, 'Fade over', 'From where fading begins to where it is complete'),
  fadeColor: color('#808080', 'Fade colour', 'Into which the image fades'),
  aliasFactor: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('Samples of each pixel')
    .meta({ title: 'Alias factor' }),
};

export type Appearance = z.output<z.ZodObject<typeof appearance>>;

/**
 * At (x, y) from the origin: negative where colour b is. Over a pixel's distance it changes by one at the most, so that
 * its size is a distance at which the boundary cannot be yet.
 */
export type Energy = (x: number, y: number) => number;

export function sampleBinaryImage(size: ImageSize, energy: Energy, look: Appearance): Uint8Array {
  const { boundaryLine, boundaryWidth, blurBeyondRadius, fadeBeyondRadius, fadeOverDistance } = look;
  const offsets = sampleOffsets(look.aliasFactor);
  const isA = boundaryLine
    ? (x: number, y: number, scale: number) => isOffBoundary(energy, x, y, scale * boundaryWidth)
    : (x: number, y: number) => energy(x, y) >= 0;
  const reach = Math.SQRT1_2 + (boundaryLine ? boundaryWidth : 0);

  const shade = (x: number, y: number): number => {
    const scale = blurBeyondRadius === null ? 1 : 1 + Math.max(0, Math.hypot(x, y) - blurBeyondRadius);
    const middle = energy(x, y);
    if (Math.abs(middle) > reach * scale) return Number(boundaryLine || middle > 0);
    let inA = 0;
    for (const [dx, dy] of offsets) inA += Number(isA(x + scale * dx, y + scale * dy, scale));
    return inA / offsets.length;
  };
  const fade = (x: number, y: number): number =>
    fadeBeyondRadius === null
      ? 0
      : Math.min(1, Math.max(0, Math.hypot(x, y) - fadeBeyondRadius) / fadeOverDistance);
  const colors = { a: rgbOf(look.colorA), b: rgbOf(look.colorB), fadeColor: rgbOf(look.fadeColor) };
  return paint(size, shade, colors, fade);
}

/** Whether all of a circle about the point lies in one region. */
function isOffBoundary(energy: Energy, x: number, y: number, distance: number): boolean {
  const first = energy(x + distance, y) >= 0;
  return circle.every(([dx, dy]) => energy(x + distance * dx, y + distance * dy) >= 0 === first);
}

const circle = Array.from({ length: 16 }, (_, index) => {
  const angle = (2 * Math.PI * index) / 16;
  return [Math.cos(angle), Math.sin(angle)] as const;
});

/**
 * Points of the square [-½, ½)², the first in its middle: the R₂ sequence of M. Roberts, "The Unreasonable Effectiveness
 * of Quasirandom Sequences".
 */
function sampleOffsets(count: number): readonly (readonly [number, number])[] {
  const plastic = 1.324717957244746;
  const wrapped = (value: number) => value - Math.floor(value + 0.5);
  return Array.from({ length: count }, (_, index) => [
    wrapped(index / plastic),
    wrapped(index / plastic ** 2),
  ]);
}
