import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { curveStatistics } from './curve-statistics.ts';

const evenly = (count: number, period = 360) =>
  Array.from({ length: count }, (_, index) => (index * period) / count);

const statisticsOf = (responses: readonly number[], period = 360) =>
  curveStatistics({ angles: evenly(responses.length, period), responses }, period);

describe('a curve', () => {
  test('of one orientation is perfectly tuned', () => {
    const responses = Array<number>(72).fill(0).with(10, 3);
    const { R, ...others } = statisticsOf(responses);
    expect(R).toBeCloseTo(1, 12);
    expect(others).toEqual({ peakDeg: 50, peak: 3, fwhm: 5, echo: 0 });
  });

  test('that is level has no preference', () => {
    const { R, fwhm, echo } = statisticsOf(Array<number>(72).fill(2));
    expect(R).toBeCloseTo(0, 12);
    expect([fwhm, echo]).toEqual([360, 1]);
  });

  test('of 1 + cos has R 1/2 and a width of 180°', () => {
    const responses = evenly(720).map((angle) => 1 + Math.cos((angle * Math.PI) / 180));
    const { R, fwhm, peakDeg } = statisticsOf(responses);
    expect(R).toBeCloseTo(0.5, 12);
    expect(peakDeg).toBe(0);
    expect(Math.abs(fwhm - 180)).toBeLessThanOrEqual(0.5);
  });

  test('echoes with the strongest response within 30° of the opposite, edges included', () => {
    const at = (angle: number) =>
      statisticsOf(
        Array<number>(72)
          .fill(0)
          .with(0, 4)
          .with(angle / 5, 1),
      ).echo;
    expect([145, 150, 180, 210, 215].map(at)).toEqual([0, 0.25, 0.25, 0.25, 0]);
  });

  test('of lines goes round in 180°', () => {
    const responses = evenly(36, 180).map((angle) => 1 + Math.cos((2 * angle * Math.PI) / 180));
    const { R, fwhm } = statisticsOf(responses, 180);
    expect(R).toBeCloseTo(0.5, 12);
    expect(Math.abs(fwhm - 90)).toBeLessThanOrEqual(5);
  });

  test('that never rises above zero has no orientation', () => {
    expect(statisticsOf([-1, -3, -2])).toEqual({ R: 0, peakDeg: null, peak: -1, fwhm: 0, echo: 0 });
    expect(statisticsOf([0, 0, 0])).toEqual({ R: 0, peakDeg: null, peak: 0, fwhm: 0, echo: 0 });
  });
});

const curves = fc.array(fc.double({ min: -5, max: 10, noNaN: true }), { minLength: 12, maxLength: 72 });

test('what lies below zero counts as none', () => {
  fc.assert(
    fc.property(curves, (responses) => {
      fc.pre(responses.some((value) => value > 0));
      expect(statisticsOf(responses)).toEqual(statisticsOf(responses.map((value) => Math.max(0, value))));
    }),
  );
});

test('R lies from 0 to 1, and turning the curve turns the peak alone', () => {
  fc.assert(
    fc.property(curves, fc.nat(), (responses, by) => {
      const most = Math.max(...responses);
      fc.pre(most > 0 && responses.filter((value) => value === most).length === 1);
      const turn = by % responses.length;
      const first = statisticsOf(responses);
      const turned = statisticsOf([...responses.slice(turn), ...responses.slice(0, turn)]);
      expect(first.R).toBeGreaterThanOrEqual(0);
      expect(first.R).toBeLessThanOrEqual(1);
      expect(turned.R).toBeCloseTo(first.R, 9);
      expect(turned.fwhm).toBeCloseTo(first.fwhm, 9);
      const moved = first.peakDeg! - (turn * 360) / responses.length;
      expect(Math.cos(((turned.peakDeg! - moved) * Math.PI) / 180)).toBeCloseTo(1, 9);
    }),
  );
});

const shared = process.env.FOVEA_SHARED ?? join(import.meta.dirname, '../../../../../shared');
const published = join(shared, 'distill/curves-mixed3b.json');

describe.skipIf(!existsSync(published))(`the published curves (${published})`, () => {
  const { activations } = existsSync(published)
    ? (JSON.parse(readFileSync(published, 'utf8')) as { activations: Record<string, number[]> })
    : { activations: {} };

  test.each([
    [342, 22.5],
    [388, 66.5],
    [324, 91.5],
    [340, 110],
    [330, 145],
    [349, 181],
    [379, 243],
    [406, 268.5],
    [385, 290],
    [343, 358],
  ])('of unit %i peak at %d°, sharply and without an echo', (unit, orientation) => {
    const { peakDeg, R, echo } = statisticsOf(activations[unit]!);
    expect(peakDeg).toBe(orientation);
    expect(Number(R.toFixed(3))).toBeGreaterThanOrEqual(0.89);
    expect(Number(R.toFixed(3))).toBeLessThanOrEqual(0.957);
    expect(Number(echo.toFixed(3))).toBeLessThanOrEqual(0.028);
  });
});
