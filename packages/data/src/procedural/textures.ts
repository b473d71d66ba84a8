/** Patterns that fill the picture: periodic ones, noise, and boundaries between two regions. */
import { cover } from './canvas.ts';
import type { Canvas, Field } from './canvas.ts';
import { drawColor } from './color.ts';
import { SIZE } from './figures.ts';
import type { Draws } from './draws.ts';
import { circle, filled, halfPlane, place, polygon } from './shapes.ts';

const FULL_TURN = 2 * Math.PI;

const sharpen = (steepness: number, value: number) =>
  Math.min(1, Math.max(0, 0.5 + (value - 0.5) * steepness));

const product =
  (a: Field, b: Field): Field =>
  (x, y) =>
    a(x, y) * b(x, y);

/** Waves from 0 to 1; steepness 1 is sinusoidal, larger values tend to square waves. */
function waves(random: Draws, wavelength: number): Field {
  const steepness = random.chance(0.5) ? 1 : random.uniform(2, 4);
  const phase = random.uniform(0, FULL_TURN);
  const along: Field = (x) => sharpen(steepness, 0.5 + 0.5 * Math.sin((FULL_TURN * x) / wavelength + phase));
  return place(along, SIZE / 2, SIZE / 2, random.uniform(0, FULL_TURN));
}

/** Fades a pattern out from a point near the middle, as a Gabor patch does. */
function windowed(random: Draws, field: Field): Field {
  if (random.chance(0.5)) return field;
  const [cx, cy] = [random.uniform(24, 40), random.uniform(24, 40)];
  const falloff = 2 * random.uniform(10, 18) ** 2;
  return product(field, (x, y) => Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / falloff));
}

export function grating(random: Draws): Field {
  return windowed(random, waves(random, random.uniform(4, 14)));
}

export function checkerboard(random: Draws): Field {
  const cell = random.uniform(4, 11);
  const steepness = random.uniform(2.5, 5);
  const [px, py] = [random.uniform(0, cell), random.uniform(0, cell)];
  const squares: Field = (x, y) => {
    const wave = Math.sin((Math.PI * (x + px)) / cell) * Math.sin((Math.PI * (y + py)) / cell);
    return sharpen(steepness, 0.5 + 0.5 * wave);
  };
  return place(squares, SIZE / 2, SIZE / 2, random.uniform(0, FULL_TURN));
}

export function dots(random: Draws): Field {
  const pitch = random.uniform(8, 14);
  const radius = pitch * random.uniform(0.2, 0.34);
  const offset = random.chance(0.5) ? 0 : 0.5;
  const softness = random.uniform(1, 1.8);
  const lattice: Field = (x, y) => {
    const row = Math.round(y / pitch);
    const shifted = x / pitch - row * offset;
    const distance = Math.hypot(shifted - Math.round(shifted), y / pitch - row) * pitch;
    return Math.min(1, Math.max(0, 0.5 - (distance - radius) / softness));
  };
  return place(lattice, random.uniform(26, 38), random.uniform(26, 38), random.uniform(0, FULL_TURN));
}

/** Spokes that meet in one point. */
export function pinwheel(random: Draws): Field {
  const [count, steepness] = [random.integer(5, 9), random.uniform(1.5, 4)];
  const spokes: Field = (x, y) => sharpen(steepness, 0.5 + 0.5 * Math.sin(count * Math.atan2(y, x)));
  const center = [random.uniform(24, 40), random.uniform(24, 40)] as const;
  return place(spokes, ...center, random.uniform(0, FULL_TURN));
}

/** Random values on a lattice of `cell` pixels, joined smoothly; in [0, 1]. */
export function valueNoise(random: Draws, cell: number): Field {
  const across = Math.ceil(SIZE / cell) + 2;
  const lattice = Float32Array.from({ length: across * across }, () => random.uniform(0, 1));
  const [px, py] = [random.uniform(0, 1), random.uniform(0, 1)];
  return (x, y) => {
    const [u, v] = [x / cell + px, y / cell + py];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [fx, fy] = [u - i, v - j];
    const [sx, sy] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)];
    const k = j * across + i;
    const top = lattice[k]! + sx * (lattice[k + 1]! - lattice[k]!);
    const bottom = lattice[k + across]! + sx * (lattice[k + across + 1]! - lattice[k + across]!);
    return top + sy * (bottom - top);
  };
}

const contrasted =
  (field: Field, steepness: number): Field =>
  (x, y) =>
    sharpen(steepness, field(x, y));

export function fineNoise(random: Draws): Field {
  return contrasted(valueNoise(random, random.uniform(1, 1.8)), 1.4);
}

export function clouds(random: Draws): Field {
  return contrasted(valueNoise(random, random.uniform(9, 16)), random.uniform(1.5, 2.2));
}

export function edge(random: Draws): Field {
  const through = [random.uniform(22, 42), random.uniform(22, 42)] as const;
  return filled(place(halfPlane, ...through, random.uniform(0, FULL_TURN)), random.uniform(1, 4));
}

/** The rim of a disc so large that most of it lies outside. */
export function curvedEdge(random: Draws): Field {
  const radius = random.uniform(20, 36);
  const shifted = place(circle(radius), 0, radius, 0);
  const through = [random.uniform(26, 38), random.uniform(26, 38)] as const;
  return filled(place(shifted, ...through, random.uniform(0, FULL_TURN)), random.uniform(1, 4));
}

/** Fine detail on one side of a straight boundary; the other side has the mean colour or slow waves. */
export function highLowFrequency(random: Draws): Field {
  const fine = random.chance(0.5)
    ? waves(random, random.uniform(3, 5.5))
    : contrasted(valueNoise(random, random.uniform(1, 2)), 1.6);
  const slow: Field = random.chance(0.5) ? () => 0.5 : clouds(random);
  const side = filled(
    place(halfPlane, random.uniform(24, 40), random.uniform(24, 40), random.uniform(0, FULL_TURN)),
    random.uniform(1, 3),
  );
  return (x, y) => {
    const a = side(x, y);
    return a * fine(x, y) + (1 - a) * slow(x, y);
  };
}

/** A leaf of a random shape, and a bound on how far it reaches from its centre. */
function leaf(random: Draws, radius: number): Field {
  const corners = random.pick([0, 0, 3, 4]);
  if (corners === 0) return circle(radius);
  return polygon(
    Array.from({ length: corners }, (_, i) => {
      const angle = (i * FULL_TURN) / corners;
      return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    }),
  );
}

/**
 * Dead leaves: opaque shapes that fall on one another, with radii distributed as r⁻³ within limits
 * (Lee, Mumford and Huang, "Occlusion models for natural images").
 */
export function scatterLeaves(
  canvas: Canvas,
  random: Draws,
  {
    count,
    smallest,
    largest,
    opacity,
  }: { count: number; smallest: number; largest: number; opacity: number },
): void {
  for (let i = 0; i < count; i++) {
    const u = random.uniform(0, 1);
    const radius = 1 / Math.sqrt(smallest ** -2 + u * (largest ** -2 - smallest ** -2));
    const [cx, cy] = [random.uniform(0, SIZE), random.uniform(0, SIZE)];
    const shape = filled(place(leaf(random, radius), cx, cy, random.uniform(0, FULL_TURN)), 1.2);
    const [reach, color] = [radius + 1, drawColor(random)];
    cover(canvas, (x, y) => opacity * shape(x, y), color, {
      left: Math.floor(cx - reach),
      top: Math.floor(cy - reach),
      right: Math.ceil(cx + reach),
      bottom: Math.ceil(cy + reach),
    });
  }
}
