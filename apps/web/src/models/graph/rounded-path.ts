import type { Point } from './layout.ts';

const RADIUS = 8;

/** The path of an SVG along these corners, with arcs where it turns. */
export function roundedPath([start, ...rest]: readonly Point[]): string {
  if (!start) return '';
  const parts = [`M${start.x} ${start.y}`];
  let before = start;
  rest.forEach((corner, index) => {
    const after = rest[index + 1];
    if (!after) {
      parts.push(`L${corner.x} ${corner.y}`);
      return;
    }
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    const from = toward(corner, before, radius);
    const to = toward(corner, after, radius);
    parts.push(`L${from.x} ${from.y}Q${corner.x} ${corner.y} ${to.x} ${to.y}`);
    before = corner;
  });
  return parts.join('');
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function toward(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  const share = length / whole;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
