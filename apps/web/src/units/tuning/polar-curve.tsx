'use client';
import * as Plot from '@observablehq/plot';
import type { TuningEvidence } from '@fovea/experiments/schema';
import { formatValue } from '../../format/number.ts';
import { Chart } from '../../ui/chart.tsx';

const HEIGHT = 260;

/**
 * Responses round a circle, the strongest at its rim; 0 is at the right and angles go clockwise, as stimuli turn on the
 * screen. What comes back after less than a turn is drawn as often as it comes. An azimuthal projection of the pole draws
 * it: what is longitude on a globe is the angle, and the distance from the pole the response.
 */
export function PolarCurve({ tuning: { along, curve, statistics } }: { tuning: TuningEvidence }) {
  const period = along.period!;
  const peak = Math.max(...curve.map((value) => value ?? 0), Number.MIN_VALUE);
  const longitude = (value: number) => -value;
  const latitude = (response: number) => 90 - Math.max(0, response) / peak;
  const turns = Array.from({ length: Math.round(360 / period) }, (_, turn) => turn * period);
  const points = turns.flatMap((turn) =>
    along.values.map((value, index) => [longitude(value + turn), latitude(curve[index] ?? 0)] as const),
  );
  const ring = (share: number) => Array.from({ length: 121 }, (_, index) => [index * 3, 90 - share]);
  const spokes = [0, 45, 90, 135, 180, 225, 270, 315];
  return (
    <Chart
      label={`Response by ${along.parameter}, peak ${statistics?.peakDeg == null ? 'nowhere' : `at ${formatValue(statistics.peakDeg)}°`}`}
      height={HEIGHT}
      deps={[along, curve]}
      draw={() => ({
        margin: 24,
        projection: {
          type: 'azimuthal-equidistant',
          // Looks down on the pole, with 0° at the right.
          rotate: [90, -90],
          domain: { type: 'MultiPoint', coordinates: ring(1) },
        },
        marks: [
          ...[0.25, 0.5, 0.75, 1].map((share) =>
            Plot.line(ring(share), { stroke: 'var(--line)', curve: 'linear-closed' }),
          ),
          ...spokes.map((degrees) =>
            Plot.line(
              [
                [degrees, 90],
                [degrees, 89],
              ],
              { stroke: 'var(--line)', curve: 'linear' },
            ),
          ),
          Plot.text(spokes, {
            x: longitude,
            y: () => 88.84,
            text: (degrees: number) => `${degrees}°`,
            fill: 'currentColor',
          }),
          Plot.line([...points, points[0]!], {
            curve: 'linear-closed',
            stroke: 'var(--accent)',
            strokeWidth: 1.5,
            fill: 'var(--accent)',
            fillOpacity: 0.15,
          }),
          ...(statistics?.peakDeg == null
            ? []
            : [
                Plot.line(
                  [
                    [longitude(statistics.peakDeg), 90],
                    [longitude(statistics.peakDeg), 89],
                  ],
                  {
                    stroke: 'var(--warn)',
                    strokeDasharray: '3 2',
                    curve: 'linear',
                  },
                ),
              ]),
        ],
      })}
    />
  );
}
