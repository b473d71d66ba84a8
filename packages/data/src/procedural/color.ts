/** Pairs of colours that differ in a stated way, drawn in an opponent colour space. */
import type { Color } from './canvas.ts';
import type { Draws } from './draws.ts';

/** How the two colours of a pattern differ: in luminance only, in hue only, or in any way that is easy to see. */
export type Contrast = 'luminance' | 'hue' | 'any';

export interface ColorPair {
  readonly foreground: Color;
  readonly background: Color;
}

interface Opponent {
  /** 0.30 R + 0.59 G + 0.11 B. */
  readonly luminance: number;
  /** R − G. */
  readonly redGreen: number;
  /** (R + G) / 2 − B. */
  readonly yellowBlue: number;
}

const clip = (value: number) => Math.min(1, Math.max(0, value));

function fromOpponent({ luminance, redGreen, yellowBlue }: Opponent): Color {
  const mean = luminance + 0.145 * redGreen + 0.11 * yellowBlue;
  return [clip(mean + redGreen / 2), clip(mean - redGreen / 2), clip(mean - yellowBlue)];
}

function distance([r1, g1, b1]: Color, [r2, g2, b2]: Color): number {
  const [r, g, b] = [r1 - r2, g1 - g2, b1 - b2];
  return Math.hypot(2 * (0.3 * r + 0.59 * g + 0.11 * b), 0.7 * (r - g), 0.7 * ((r + g) / 2 - b));
}

/** Any colour; half of them nearly grey, so that hue is never a giveaway. */
export function drawColor(random: Draws): Color {
  const chroma = random.chance(0.5) ? random.uniform(0, 0.08) : random.uniform(0.2, 0.6);
  const hue = random.uniform(0, 2 * Math.PI);
  return fromOpponent({
    luminance: random.uniform(0.08, 0.92),
    redGreen: chroma * Math.cos(hue),
    yellowBlue: chroma * Math.sin(hue),
  });
}

/** Same hue, luminances at least 0.28 apart, either one the brighter. */
function luminancePair(random: Draws): ColorPair {
  const chroma = random.chance(0.6) ? random.uniform(0, 0.08) : random.uniform(0.1, 0.3);
  const hue = random.uniform(0, 2 * Math.PI);
  const [redGreen, yellowBlue] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const dark = random.uniform(0.1, 0.55);
  const light = random.uniform(dark + 0.28, 0.95);
  const colors = [dark, light].map((luminance) => fromOpponent({ luminance, redGreen, yellowBlue }));
  const [foreground, background] = random.chance(0.5) ? colors : colors.toReversed();
  return { foreground: foreground!, background: background! };
}

/** Same luminance, hues on opposite sides of grey (within 50 degrees of opposite). */
function huePair(random: Draws): ColorPair {
  const luminance = random.uniform(0.35, 0.62);
  const hue = random.uniform(0, 2 * Math.PI);
  const opposite = hue + Math.PI + random.uniform(-0.87, 0.87);
  const [foreground, background] = [hue, opposite].map((angle) => {
    const chroma = random.uniform(0.25, 0.55);
    return fromOpponent({
      luminance,
      redGreen: chroma * Math.cos(angle),
      yellowBlue: chroma * Math.sin(angle),
    });
  });
  return { foreground: foreground!, background: background! };
}

/** Draws again until the two are easy to tell apart. */
function anyPair(random: Draws): ColorPair {
  for (;;) {
    const pair = { foreground: drawColor(random), background: drawColor(random) };
    if (distance(pair.foreground, pair.background) >= 0.5) return pair;
  }
}

export function drawColorPair(random: Draws, contrast: Contrast): ColorPair {
  if (contrast === 'luminance') return luminancePair(random);
  return contrast === 'hue' ? huePair(random) : anyPair(random);
}
