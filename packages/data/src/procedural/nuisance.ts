/** What varies in every picture and says nothing about its class: backdrop, clutter, lighting, focus and noise. */
import { cover } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { drawColor } from './color.ts';
import { SIZE } from './figures.ts';
import type { Draws } from './draws.ts';
import { circle, filled, place, segment, stroked } from './shapes.ts';
import { scatterLeaves, valueNoise } from './textures.ts';

/** Faint structure behind a figure, well below the contrast of any foreground. */
export function drawBackdrop(canvas: Canvas, random: Draws): void {
  const kind = random.pick(['plain', 'plain', 'clouds', 'grain', 'leaves']);
  if (kind === 'leaves') {
    scatterLeaves(canvas, random, { count: 40, smallest: 4, largest: 20, opacity: 0.13 });
  } else if (kind !== 'plain') {
    const noise = valueNoise(random, kind === 'clouds' ? random.uniform(8, 20) : random.uniform(1.5, 3));
    const strength = random.uniform(0.08, 0.22);
    cover(canvas, (x, y) => strength * noise(x, y), drawColor(random));
  }
}

/** Up to four specks and splinters, too small to be taken for a figure. */
export function drawClutter(canvas: Canvas, random: Draws): void {
  const count = random.pick([0, 0, 1, 2, 3, 4]);
  for (let i = 0; i < count; i++) {
    const half = random.uniform(1, 3);
    const shape = random.chance(0.5)
      ? filled(circle(random.uniform(0.8, 2)), 1)
      : stroked(segment([-half, 0], [half, 0]), random.uniform(1, 2), 1);
    const [cx, cy] = [random.uniform(0, SIZE), random.uniform(0, SIZE)];
    const opacity = random.uniform(0.25, 0.7);
    const placed = place(shape, cx, cy, random.uniform(0, Math.PI));
    cover(canvas, (x, y) => opacity * placed(x, y), drawColor(random), {
      left: Math.floor(cx - 6),
      top: Math.floor(cy - 6),
      right: Math.ceil(cx + 6),
      bottom: Math.ceil(cy + 6),
    });
  }
}

/** Multiplies by a plane through 1 that falls off to one side, as light from a window does. */
export function light(canvas: Canvas, random: Draws): void {
  const strength = random.chance(0.5) ? 0 : random.uniform(0, 0.3);
  const angle = random.uniform(0, 2 * Math.PI);
  const [dx, dy] = [(strength * Math.cos(angle) * 2) / SIZE, (strength * Math.sin(angle) * 2) / SIZE];
  const { pixels } = canvas;
  for (let y = 0, i = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++, i += 3) {
      const factor = 1 + dx * (x + 0.5 - SIZE / 2) + dy * (y + 0.5 - SIZE / 2);
      for (let c = i; c < i + 3; c++) pixels[c] = pixels[c]! * factor;
    }
  }
}

/** Three-tap blur along rows, then along columns; the taps are [t, 1 − 2t, t], borders repeat. */
export function defocus(canvas: Canvas, random: Draws): void {
  const tap = random.chance(0.6) ? 0 : random.uniform(0.05, 0.3);
  if (tap === 0) return;
  const { pixels } = canvas;
  for (const [stride, step] of [
    [3 * SIZE, 3],
    [3, 3 * SIZE],
  ] as const) {
    for (let row = 0; row < SIZE; row++) {
      for (let channel = 0; channel < 3; channel++) {
        const start = row * stride + channel;
        let previous = pixels[start]!;
        for (let k = 0; k < SIZE; k++) {
          const at = start + k * step;
          const next = k + 1 < SIZE ? pixels[at + step]! : pixels[at]!;
          const current = pixels[at]!;
          pixels[at] = current + tap * (previous + next - 2 * current);
          previous = current;
        }
      }
    }
  }
}

/** Independent noise on every value, as of a sensor. */
export function addNoise(canvas: Canvas, random: Draws): void {
  const sigma = random.chance(0.4) ? 0 : random.uniform(0, 0.05);
  if (sigma === 0) return;
  const { pixels } = canvas;
  // A sum of four uniform draws is normal enough for noise, and three times cheaper than a normal draw.
  const scale = sigma * Math.sqrt(3);
  for (let i = 0; i < pixels.length; i++) {
    const sum = random.uniform(0, 1) + random.uniform(0, 1) + random.uniform(0, 1) + random.uniform(0, 1);
    pixels[i] = pixels[i]! + scale * (sum - 2);
  }
}
