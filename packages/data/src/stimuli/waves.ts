/** Gratings, Gabor patches, and boundaries between a fine and a coarse pattern. */
import { z } from 'zod';
import { paint } from './paint.ts';
import { color, degrees, orientation, pixels, radians, rgbOf, share } from './parameters.ts';
import { everyDegrees, stimulus } from './stimulus.ts';

const colors = {
  colorA: color('#ffffff', 'Colour a', 'At the crests'),
  colorB: color('#000000', 'Colour b', 'In the troughs'),
};

const wavelengthOf = (fallback: number, title: string, description: string) =>
  pixels(fallback, title, description, { from: 2, to: 10_000 });
const wavelength = wavelengthOf(16, 'Wavelength', 'From crest to crest');
const phase = degrees(0, 'Phase', 'Of the wave at the origin; 0 is a crest, 180 a trough');
const contrast = share(1, 'Contrast', 'Between crests and troughs; 0 is a uniform mean');

const ends = ({ colorA, colorB }: { colorA: string; colorB: string }) => ({
  a: rgbOf(colorA),
  b: rgbOf(colorB),
});

/** From a wave of -1 to 1 to the share of colour a. */
const shadeOf = (wave: number, contrast: number): number => 0.5 + 0.5 * contrast * wave;

/** How far along (x, y) is in the direction of an angle. */
function along(angle: number): (x: number, y: number) => number {
  const [cos, sin] = [Math.cos(radians(angle)), Math.sin(radians(angle))];
  return (x, y) => cos * x + sin * y;
}

export const grating = stimulus({
  name: 'grating',
  title: 'Grating',
  description: 'Parallel stripes over the whole image',
  version: 1,
  parameters: {
    orientation: orientation.describe('Of the stripes: 0 lies, 90 stands'),
    wavelength,
    phase,
    contrast,
    square: z
      .boolean()
      .default(false)
      .describe('Stripes with sharp edges in place of a sine wave')
      .meta({ title: 'Square wave' }),
    ...colors,
  },
  period: 180,
  usual: { orientation: everyDegrees(15, 180), wavelength: [4, 8, 16, 32], phase: [0, 90, 180, 270] },
  draw(size, look) {
    const across = along(look.orientation + 90);
    const k = (2 * Math.PI) / look.wavelength;
    // Of the square wave: how far away the edge is, so that it is one pixel soft.
    const shape = look.square
      ? (angle: number) => Math.min(1, Math.max(-1, (2 * Math.asin(Math.cos(angle))) / k))
      : Math.cos;
    const wave = (x: number, y: number) => shape(k * across(x, y) + radians(look.phase));
    return paint(size, (x, y) => shadeOf(wave(x, y), look.contrast), ends(look));
  },
});

export const gabor = stimulus({
  name: 'gabor',
  title: 'Gabor patch',
  description:
    'A wave under a Gaussian window, exp(−(x′² + γ²y′²) / 2σ²) · cos(2πx′ / λ + ψ), as simple cells prefer it',
  version: 1,
  parameters: {
    orientation: orientation.describe('Of the stripes: 0 lies, 90 stands'),
    wavelength: wavelength.describe('λ, from stripe to stripe'),
    phase: phase.describe('ψ at the origin: 0 is a bright stripe, 90 an edge'),
    deviation: pixels(12, 'Deviation', 'σ of the window, across the stripes'),
    aspect: z
      .number()
      .positive()
      .max(100)
      .default(0.5)
      .describe('γ: by how much the window is shorter along the stripes than across them')
      .meta({ title: 'Aspect' }),
    contrast,
    ...colors,
  },
  period: 180,
  usual: { orientation: everyDegrees(15, 180), wavelength: [4, 8, 16, 32], phase: [0, 90, 180, 270] },
  draw(size, look) {
    const [across, lengthwise] = [along(look.orientation + 90), along(look.orientation)];
    const k = (2 * Math.PI) / look.wavelength;
    const wave = (x: number, y: number) => {
      const [u, v] = [across(x, y), look.aspect * lengthwise(x, y)];
      return Math.exp(-(u * u + v * v) / (2 * look.deviation ** 2)) * Math.cos(k * u + radians(look.phase));
    };
    return paint(size, (x, y) => shadeOf(wave(x, y), look.contrast), ends(look));
  },
});

export const highLowFrequency = stimulus({
  name: 'high-low-frequency',
  title: 'High-low frequency boundary',
  description: 'A fine chequered pattern beside a coarse one, for which high-low frequency detectors look',
  version: 1,
  parameters: {
    orientation: orientation.describe('To where the fine pattern lies: 0 to the right, 90 downwards'),
    highWavelength: wavelengthOf(6, 'Fine wavelength', 'Of the fine pattern'),
    lowWavelength: wavelengthOf(30, 'Coarse wavelength', 'Of the coarse pattern'),
    softness: pixels(4, 'Softness', 'Over what distance one pattern passes into the other'),
    contrast,
    ...colors,
  },
  period: 360,
  usual: { orientation: everyDegrees(15, 360), highWavelength: [4, 6, 8], lowWavelength: [20, 40] },
  draw(size, look) {
    const [towards, sideways] = [along(look.orientation), along(look.orientation + 90)];
    const chequers = (u: number, v: number, wavelength: number) =>
      Math.cos((2 * Math.PI * u) / wavelength) * Math.cos((2 * Math.PI * v) / wavelength);
    const wave = (x: number, y: number) => {
      const [u, v] = [towards(x, y), sideways(x, y)];
      const fine = Math.min(1, Math.max(0, 0.5 + u / look.softness));
      return fine * chequers(u, v, look.highWavelength) + (1 - fine) * chequers(u, v, look.lowWavelength);
    };
    return paint(size, (x, y) => shadeOf(wave(x, y), look.contrast), ends(look));
  },
});
