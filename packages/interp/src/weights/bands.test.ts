import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bandMeans } from './bands.ts';
import { strengthsOf } from './strengths.ts';

const folder = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../../../shared', import.meta.url));
const file = `${folder}/distill/aann-weights.json`;

test.skipIf(!existsSync(file))(
  `the hand-built curve circuit excites along its angles and inhibits against them (needs ${file})`,
  () => {
    const { weights: rows } = JSON.parse(readFileSync(file, 'utf8')) as { weights: number[][][][] };
    const values = Float32Array.from(rows.flat(3));
    const part = { name: 'curves', start: 0, count: 42, height: 5, width: 5, values };
    const strengths = strengthsOf({
      from: 'lines',
      to: 'curves',
      inputs: 42,
      outputs: 42,
      sources: [{ name: 'lines', start: 0, count: 42 }],
      parts: [{ ...part, stride: [1, 1], offset: [-2, -2] }],
      route: 'composed',
    });
    // The first 24 units of both layers are one family, 15° apart.
    const family = [...Array(24).keys()];
    const bands = bandMeans(strengths, family, family);
    expect(bands[0]).toBeCloseTo(5.8, 2);
    expect(bands[6]).toBeCloseTo(-0.09, 2);
    expect(bands[12]).toBeCloseTo(-7.92, 2);
    expect(bands[18]).toBeCloseTo(-0.09, 2);
  },
);

test('families of other sizes have no bands', () => {
  const strengths = { inputs: 1, outputs: 1, l2: new Float32Array(1), sum: new Float32Array(1) };
  expect(() => bandMeans(strengths, [0], [0, 0])).toThrow(RangeError);
});
