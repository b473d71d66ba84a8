/**
 * Signed distances to shapes centred on the origin, in pixels, negative inside; and their coverage of a pixel.
 * Segment, arc and polygon follow Inigo Quilez, "2D distance functions".
 */
import type { Field } from './canvas.ts';

type Point = readonly [number, number];

export const circle =
  (radius: number): Field =>
  (x, y) =>
    Math.hypot(x, y) - radius;

/** Everything on the side of negative y. */
export const halfPlane: Field = (_x, y) => y;

export function segment([ax, ay]: Point, [bx, by]: Point): Field {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  return (x, y) => {
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
    return Math.hypot(x - ax - along * dx, y - ay - along * dy);
  };
}

/** Part of a circle, `halfAngle` radians to either side of the positive y axis. */
export function arc(radius: number, halfAngle: number): Field {
  const [sin, cos] = [Math.sin(halfAngle), Math.cos(halfAngle)];
  return (x, y) => {
    const side = Math.abs(x);
    return cos * side > sin * y
      ? Math.hypot(side - sin * radius, y - cos * radius)
      : Math.abs(Math.hypot(side, y) - radius);
  };
}

export function polygon(vertices: readonly Point[]): Field {
  return (x, y) => {
    let squared = Infinity;
    let inside = false;
    let [px, py] = vertices.at(-1)!;
    for (const [qx, qy] of vertices) {
      const [ex, ey, wx, wy] = [px - qx, py - qy, x - qx, y - qy];
      const along = Math.min(1, Math.max(0, (wx * ex + wy * ey) / (ex * ex + ey * ey)));
      squared = Math.min(squared, (wx - along * ex) ** 2 + (wy - along * ey) ** 2);
      if (qy > y !== py > y && x < qx + (ex * (y - qy)) / ey) inside = !inside;
      [px, py] = [qx, qy];
    }
    return inside ? -Math.sqrt(squared) : Math.sqrt(squared);
  };
}

/** y = amplitude · sin(2πx / wavelength + phase); the distance is exact on the curve and good close to it. */
export function wave(amplitude: number, wavelength: number, phase: number, halfLength: number): Field {
  const k = (2 * Math.PI) / wavelength;
  return (x, y) => {
    const slope = amplitude * k * Math.cos(k * x + phase);
    const across = Math.abs(y - amplitude * Math.sin(k * x + phase)) / Math.hypot(1, slope);
    return Math.max(across, Math.abs(x) - halfLength);
  };
}

/** Spiral of Archimedes with arms `pitch` apart, out to `radius`; `turn` is +1 or −1. */
export function spiral(pitch: number, radius: number, turn: number): Field {
  return (x, y) => {
    const rho = Math.hypot(x, y);
    const arms = rho / pitch - (turn * Math.atan2(y, x)) / (2 * Math.PI);
    return Math.max(Math.abs(arms - Math.round(arms)) * pitch, rho - radius);
  };
}

export const union =
  (...fields: readonly Field[]): Field =>
  (x, y) => {
    let nearest = Infinity;
    for (const field of fields) nearest = Math.min(nearest, field(x, y));
    return nearest;
  };

/** Moves a field's origin to (cx, cy) and turns its axes by `angle` radians. */
export function place(field: Field, cx: number, cy: number, angle: number): Field {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return (x, y) => field(cos * (x - cx) + sin * (y - cy), cos * (y - cy) - sin * (x - cx));
}

/** Coverage of the inside; the border is `softness` pixels wide, 1 being plain anti-aliasing. */
export const filled =
  (distance: Field, softness: number): Field =>
  (x, y) =>
    Math.min(1, Math.max(0, 0.5 - distance(x, y) / softness));

/** Coverage of a line of `width` pixels along the border. */
export const stroked =
  (distance: Field, width: number, softness: number): Field =>
  (x, y) =>
    Math.min(1, Math.max(0, 0.5 - (Math.abs(distance(x, y)) - width / 2) / softness));
