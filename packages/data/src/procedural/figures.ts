/** Line drawings and filled shapes: each draws its parameters and returns the coverage of its foreground. */
import type { Field } from './canvas.ts';
import type { Draws } from './draws.ts';
import { arc, circle, filled, place, polygon, segment, spiral, stroked, union, wave } from './shapes.ts';

/** A picture is this many pixels high and wide. */
export const SIZE = 64;

const FULL_TURN = 2 * Math.PI;

/** Moves a shape near the middle and turns it any way round. */
function anywhere(random: Draws, shape: Field, spread = 9): Field {
  const middle = SIZE / 2;
  return place(
    shape,
    middle + random.uniform(-spread, spread),
    middle + random.uniform(-spread, spread),
    random.uniform(0, FULL_TURN),
  );
}

const drawn = (random: Draws, shape: Field) => stroked(shape, random.uniform(1.6, 5), random.uniform(1, 2.2));

const painted = (random: Draws, shape: Field) => filled(shape, random.uniform(1, 2.5));

const drawnOrPainted = (random: Draws, shape: Field) =>
  random.chance(0.5) ? drawn(random, shape) : painted(random, shape);

export function line(random: Draws): Field {
  const half = random.uniform(14, 46);
  return drawn(random, anywhere(random, segment([-half, 0], [half, 0])));
}

export function dashedLine(random: Draws): Field {
  const dash = random.uniform(4, 7);
  const period = dash + random.uniform(4, 6);
  const start = -period * random.integer(2, 3) - dash / 2;
  const dashes = Array.from({ length: random.integer(4, 6) }, (_, i) => {
    const from = start + i * period;
    return segment([from, 0], [from + dash, 0]);
  });
  const shape = anywhere(random, union(...dashes));
  return stroked(shape, random.uniform(1.6, 3.5), random.uniform(1, 1.8));
}

export function curve(random: Draws): Field {
  const radius = random.uniform(8, 26);
  // Short arcs of large circles would be straight, arcs beyond 210 degrees would be rings.
  const halfAngle = random.uniform(Math.max(0.6, 11 / radius), Math.min(1.83, 36 / radius));
  const moved: Field = (x, y) => arc(radius, halfAngle)(x, y + 0.75 * radius);
  return drawn(random, anywhere(random, moved));
}

export function waveLine(random: Draws): Field {
  const wavelength = random.uniform(14, 30);
  const amplitude = wavelength * random.uniform(0.14, 0.24);
  const shape = wave(
    amplitude,
    wavelength,
    random.uniform(0, FULL_TURN),
    random.uniform(1.1, 1.8) * wavelength,
  );
  return drawn(random, anywhere(random, shape, 6));
}

/** Arms from the origin at the given angles. */
function arms(random: Draws, angles: readonly number[]): Field {
  return union(
    ...angles.map((angle) => {
      const length = random.uniform(13, 28);
      return segment([0, 0], [length * Math.cos(angle), length * Math.sin(angle)]);
    }),
  );
}

export function corner(random: Draws): Field {
  return drawn(random, anywhere(random, arms(random, [0, random.uniform(0.6, 1.95)])));
}

export function tJunction(random: Draws): Field {
  return drawn(random, anywhere(random, arms(random, [0, Math.PI, random.uniform(1.15, 1.99)])));
}

export function cross(random: Draws): Field {
  const angle = random.uniform(0.85, 1.57);
  return drawn(random, anywhere(random, arms(random, [0, angle, Math.PI, Math.PI + angle])));
}

export function parallelLines(random: Draws): Field {
  const gap = random.uniform(7, 12);
  const count = random.integer(2, 3);
  const lines = Array.from({ length: count }, (_, i) => {
    const half = random.uniform(14, 34);
    const y = (i - (count - 1) / 2) * gap;
    return segment([-half, y], [half, y]);
  });
  const shape = anywhere(random, union(...lines));
  return stroked(shape, random.uniform(1.6, 3.6), random.uniform(1, 1.8));
}

export function ring(random: Draws): Field {
  return drawn(random, anywhere(random, circle(random.uniform(8, 22))));
}

export function disc(random: Draws): Field {
  return painted(random, anywhere(random, circle(random.uniform(6, 18))));
}

export function concentricRings(random: Draws): Field {
  const gap = random.uniform(5.5, 9);
  const radii = Array.from({ length: random.integer(2, 4) }, (_, i) => (i + 1) * gap);
  const rings = radii.map((radius) => (x: number, y: number) => Math.abs(circle(radius)(x, y)));
  const pupil = circle(random.uniform(1.5, 3));
  const shape = anywhere(random, union(pupil, ...rings), 7);
  return filled((x, y) => shape(x, y) - gap * 0.22, random.uniform(1, 1.6));
}

export function spiralLine(random: Draws): Field {
  const pitch = random.uniform(6, 9.5);
  const shape = spiral(pitch, pitch * random.uniform(2.2, 3.2), random.pick([-1, 1]));
  return stroked(anywhere(random, shape, 7), pitch * random.uniform(0.3, 0.48), random.uniform(1, 1.6));
}

/** Corners of a polygon around a circle, each moved along it a little. */
function wobblyPolygon(random: Draws, corners: number, radius: number, wobble: number): Field {
  return polygon(
    Array.from({ length: corners }, (_, i) => {
      const angle = ((i + random.uniform(-wobble, wobble)) * FULL_TURN) / corners;
      return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    }),
  );
}

export function triangle(random: Draws): Field {
  return drawnOrPainted(random, anywhere(random, wobblyPolygon(random, 3, random.uniform(12, 26), 0.14)));
}

export function rectangle(random: Draws): Field {
  const [half, aspect] = [random.uniform(8, 18), random.uniform(0.55, 1)];
  const [w, h] = [half, half * aspect];
  const shape = polygon([
    [-w, -h],
    [w, -h],
    [w, h],
    [-w, h],
  ]);
  return drawnOrPainted(random, anywhere(random, shape));
}

export function star(random: Draws): Field {
  const points = random.integer(4, 6);
  const [outer, inner] = [random.uniform(14, 25), random.uniform(0.36, 0.48)];
  const shape = polygon(
    Array.from({ length: 2 * points }, (_, i) => {
      const radius = i % 2 === 0 ? outer : outer * inner;
      const angle = (i * Math.PI) / points;
      return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    }),
  );
  return drawnOrPainted(random, anywhere(random, shape));
}
