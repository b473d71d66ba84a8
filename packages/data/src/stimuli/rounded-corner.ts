/**
 * Lucid's `rounded_corner`, the stimulus of the articles on curve detectors: a corner whose tip is an arc through the origin.
 * Towards an infinite radius it is a straight edge, at radius 0 a sharp corner.
 */
import { appearance, sampleBinaryImage, type Energy } from './binary-image.ts';
import { degrees, orientation, pixels, radians } from './parameters.ts';
import { everyDegrees, stimulus } from './stimulus.ts';

export const roundedCorner = stimulus({
  name: 'rounded-corner',
  title: 'Rounded corner',
  description:
    'A corner with a rounded tip in the middle of the image: a curve detector prefers one orientation and radius of it',
  version: 1,
  parameters: {
    orientation: orientation.describe('To where the corner opens: 0 to the right, 90 downwards'),
    radius: pixels(40, 'Radius', 'Of the arc; 0 for a sharp corner', { from: 0, to: 1e6 }),
    angularWidth: degrees(90, 'Angular width', 'Angle between the sides', { from: 1, to: 180 }),
    ...appearance,
  },
  period: 360,
  usual: { orientation: everyDegrees(15, 360), radius: [10, 20, 40, 80] },
  draw: (size, parameters) => sampleBinaryImage(size, roundedCornerEnergy(parameters), parameters),
});

interface Corner {
  readonly orientation: number;
  readonly radius: number;
  readonly angularWidth: number;
}

/** Positive between the sides. */
export function roundedCornerEnergy({ orientation, radius, angularWidth }: Corner): Energy {
  const middle = radians(orientation) + Math.PI / 2;
  const first = middle - radians(angularWidth) / 2;
  const second = middle + radians(angularWidth) / 2 + Math.PI;
  const [cos1, sin1, cos2, sin2] = [Math.cos(first), Math.sin(first), Math.cos(second), Math.sin(second)];
  const shift = radius * (1 - Math.SQRT1_2);
  return (x, y) => roundedMinimum(cos1 * x + sin1 * y + shift, cos2 * x + sin2 * y + shift, radius);
}

/**
 * min(x, y), with an arc where both are near each other (C. Olah, "Manipulation of Implicit Functions"):
 * y + r·sin(π/4 + asin u) − r, where u = (x − y) / (r√2), of which the sine is written out.
 */
function roundedMinimum(x: number, y: number, r: number): number {
  if (r === 0 || Math.abs(x - y) > r) return Math.min(x, y);
  const u = (x - y) / (r * Math.SQRT2);
  return y + r * Math.SQRT1_2 * (u + Math.sqrt(1 - u * u)) - r;
}
