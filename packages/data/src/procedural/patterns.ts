/** The classes: a name for each pattern and how to draw it. Their order is that of the labels. */
import { cover, createCanvas } from './canvas.ts';
import type { Canvas, Field } from './canvas.ts';
import { drawColor, drawColorPair } from './color.ts';
import type { Contrast } from './color.ts';
import * as figures from './figures.ts';
import { addNoise, defocus, drawBackdrop, drawClutter, light } from './nuisance.ts';
import type { Draws } from './draws.ts';
import * as textures from './textures.ts';

type Draw = (random: Draws) => Canvas;
type Coverage = (random: Draws) => Field;

/** A figure in front of a backdrop, with clutter around. */
const figure =
  (coverage: Coverage): Draw =>
  (random) => {
    const { foreground, background } = drawColorPair(random, 'any');
    const canvas = createCanvas(figures.SIZE, background);
    drawBackdrop(canvas, random);
    drawClutter(canvas, random);
    cover(canvas, coverage(random), foreground);
    return canvas;
  };

/** A pattern all over the picture, with clutter upon it. */
const texture =
  (coverage: Coverage, contrast: Contrast): Draw =>
  (random) => {
    const { foreground, background } = drawColorPair(random, contrast);
    const canvas = createCanvas(figures.SIZE, background);
    cover(canvas, coverage(random), foreground);
    drawClutter(canvas, random);
    return canvas;
  };

function deadLeaves(random: Draws): Canvas {
  const canvas = createCanvas(figures.SIZE, drawColor(random));
  const smallest = random.uniform(3, 5);
  textures.scatterLeaves(canvas, random, { count: 110, smallest, largest: 20, opacity: 1 });
  return canvas;
}

const patterns: readonly { readonly name: string; readonly draw: Draw }[] = [
  { name: 'line', draw: figure(figures.line) },
  { name: 'dashed line', draw: figure(figures.dashedLine) },
  { name: 'parallel lines', draw: figure(figures.parallelLines) },
  { name: 'curve', draw: figure(figures.curve) },
  { name: 'wave', draw: figure(figures.waveLine) },
  { name: 'corner', draw: figure(figures.corner) },
  { name: 'T junction', draw: figure(figures.tJunction) },
  { name: 'cross', draw: figure(figures.cross) },
  { name: 'ring', draw: figure(figures.ring) },
  { name: 'disc', draw: figure(figures.disc) },
  { name: 'concentric rings', draw: figure(figures.concentricRings) },
  { name: 'spiral', draw: figure(figures.spiralLine) },
  { name: 'triangle', draw: figure(figures.triangle) },
  { name: 'rectangle', draw: figure(figures.rectangle) },
  { name: 'star', draw: figure(figures.star) },
  { name: 'edge', draw: texture(textures.edge, 'luminance') },
  { name: 'curved edge', draw: texture(textures.curvedEdge, 'luminance') },
  { name: 'color edge', draw: texture(textures.edge, 'hue') },
  { name: 'grating', draw: texture(textures.grating, 'luminance') },
  { name: 'color grating', draw: texture(textures.grating, 'hue') },
  { name: 'checkerboard', draw: texture(textures.checkerboard, 'any') },
  { name: 'dots', draw: texture(textures.dots, 'any') },
  { name: 'pinwheel', draw: texture(textures.pinwheel, 'any') },
  { name: 'fine noise', draw: texture(textures.fineNoise, 'any') },
  { name: 'clouds', draw: texture(textures.clouds, 'any') },
  { name: 'dead leaves', draw: deadLeaves },
  { name: 'high-low frequency', draw: texture(textures.highLowFrequency, 'any') },
];

export const patternNames: readonly string[] = patterns.map(({ name }) => name);

/** Draws a picture of class `label`, lit, focused and exposed at random. */
export function drawPattern(label: number, random: Draws): Canvas {
  const canvas = patterns[label]!.draw(random);
  light(canvas, random);
  defocus(canvas, random);
  addNoise(canvas, random);
  return canvas;
}
