/** A small RGB picture in floating point, and the one way to paint on it: a colour through a coverage field. */

/** RGB, each nominally in [0, 1]. */
export type Color = readonly [number, number, number];

/** Value at a point in pixels, (0, 0) being the outer corner of the first pixel, x to the right, y down. */
export type Field = (x: number, y: number) => number;

export interface Canvas {
  readonly size: number;
  /** Row by row, RGB interleaved: size · size · 3 values. */
  readonly pixels: Float32Array;
}

/** Half-open pixel ranges. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function createCanvas(size: number, color: Color): Canvas {
  const pixels = new Float32Array(size * size * 3);
  for (let i = 0; i < pixels.length; i += 3) pixels.set(color, i);
  return { size, pixels };
}

/** Mixes `color` in where `coverage` says so: 0 leaves a pixel, 1 replaces it. Sampled at pixel centres. */
export function cover(canvas: Canvas, coverage: Field, color: Color, region?: Region): void {
  const { size, pixels } = canvas;
  const left = Math.max(0, region?.left ?? 0);
  const right = Math.min(size, region?.right ?? size);
  const top = Math.max(0, region?.top ?? 0);
  const bottom = Math.min(size, region?.bottom ?? size);
  const [red, green, blue] = color;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const a = coverage(x + 0.5, y + 0.5);
      if (a === 0) continue;
      const i = (y * size + x) * 3;
      pixels[i] = pixels[i]! + a * (red - pixels[i]!);
      pixels[i + 1] = pixels[i + 1]! + a * (green - pixels[i + 1]!);
      pixels[i + 2] = pixels[i + 2]! + a * (blue - pixels[i + 2]!);
    }
  }
}

/** Rounds to 8 bits per value, clipping to [0, 1] first. */
export function toBytes(canvas: Canvas): Uint8Array {
  const bytes = new Uint8Array(canvas.pixels.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Math.round(255 * Math.min(1, Math.max(0, canvas.pixels[i]!)));
  }
  return bytes;
}
