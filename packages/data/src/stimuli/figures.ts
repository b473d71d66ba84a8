/** Lines, crosses, circles and corners: figures in colour a on colour b. */
import { circle as discDistance, place, segment, union } from '../procedural/shapes.ts';
import { appearance, sampleBinaryImage, type Energy } from './binary-image.ts';
import { degrees, orientation, pixels, radians } from './parameters.ts';
import { roundedCornerEnergy } from './rounded-corner.ts';
import { everyDegrees, stimulus } from './stimulus.ts';

const width = pixels(4, 'Width', 'Of the strokes');
const length = pixels(100, 'Length', 'Of each stroke, from end to end');

/** A bar with round ends, along the x axis at orientation 0. */
const bar = (length: number, angle: number) =>
  place(segment([-length / 2, 0], [length / 2, 0]), 0, 0, radians(angle));

const within =
  (distance: Energy, halfWidth: number): Energy =>
  (x, y) =>
    halfWidth - distance(x, y);

export const line = stimulus({
  name: 'line',
  title: 'Line',
  description: 'A bar through the middle of the image',
  version: 1,
  parameters: { orientation, width, length, ...appearance },
  period: 180,
  usual: { orientation: everyDegrees(15, 180), width: [2, 4, 8] },
  draw: (size, look) =>
    sampleBinaryImage(size, within(bar(look.length, look.orientation), look.width / 2), look),
});

export const cross = stimulus({
  name: 'cross',
  title: 'Cross',
  description: 'Two bars that cross in the middle of the image',
  version: 1,
  parameters: {
    orientation,
    angle: degrees(90, 'Angle', 'Between the bars', { from: 1, to: 179 }),
    width,
    length,
    ...appearance,
  },
  period: 180,
  usual: { orientation: everyDegrees(15, 180), angle: [30, 60, 90] },
  draw(size, look) {
    const { orientation, angle, length } = look;
    const bars = union(bar(length, orientation - angle / 2), bar(length, orientation + angle / 2));
    return sampleBinaryImage(size, within(bars, look.width / 2), look);
  },
});

export const circle = stimulus({
  name: 'circle',
  title: 'Circle',
  description: 'A disc in the middle of the image, or with a boundary line a ring',
  version: 1,
  parameters: { radius: pixels(40, 'Radius', 'Of the disc'), ...appearance },
  period: null,
  usual: { radius: [5, 10, 20, 40, 80], boundaryLine: [false, true] },
  draw: (size, look) => sampleBinaryImage(size, within(discDistance(0), look.radius), look),
});

export const corner = stimulus({
  name: 'corner',
  title: 'Corner',
  description: 'A sharp corner with its tip in the middle of the image',
  version: 1,
  parameters: {
    orientation: orientation.describe('To where the corner opens: 0 to the right, 90 downwards'),
    angle: degrees(90, 'Angle', 'Between the sides', { from: 1, to: 180 }),
    ...appearance,
  },
  period: 360,
  usual: { orientation: everyDegrees(15, 360), angle: [30, 60, 90, 120] },
  draw: (size, look) =>
    sampleBinaryImage(
      size,
      roundedCornerEnergy({ orientation: look.orientation, radius: 0, angularWidth: look.angle }),
      look,
    ),
});
