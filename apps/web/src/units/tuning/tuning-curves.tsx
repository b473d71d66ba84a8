'use client';
import * as Plot from '@observablehq/plot';
import type { TuningEvidence } from '@fovea/experiments/schema';
import { Chart } from '../../ui/chart.tsx';

type Family = TuningEvidence['curvesBy'][number];

/** The response along one parameter, a curve for each value of another. */
export function TuningCurves({ tuning }: { tuning: TuningEvidence }) {
  const { along, curve, curvesBy } = tuning;
  const whole: Family = { parameter: '', unit: '', values: [''], curves: [curve] };
  const families = curvesBy.length > 0 ? curvesBy : [whole];
  return families.map((family) => (
    <section key={family.parameter} className="mt-4">
      {family.parameter && <h3 className="mb-1 text-xs text-muted">For each {family.parameter}</h3>}
      <FamilyChart along={along} family={family} />
      {family.parameter && <Legend family={family} />}
    </section>
  ));
}

function FamilyChart({ along, family }: { along: TuningEvidence['along']; family: Family }) {
  const { parameter, unit, values, curves } = family;
  const points = curves.flatMap((responses, index) =>
    responses.map((response, at) => ({ index, x: along.values[at]!, response })),
  );
  const describe = ({ index, x, response }: (typeof points)[number]) =>
    `${parameter} ${String(values[index])}${unit}: ${response ?? '–'} at ${x}${along.unit}`;
  return (
    <Chart
      label={`Response by ${along.parameter}${parameter && ` for each ${parameter}`}`}
      height={190}
      deps={[along, family]}
      draw={() => ({
        marginLeft: 44,
        x: { label: along.parameter + (along.unit && ` (${along.unit})`) },
        y: { label: 'Response', grid: true, ticks: 4 },
        color: colorScale(values.length),
        marks: [
          Plot.line(points, { x: 'x', y: 'response', stroke: 'index', z: 'index', strokeWidth: 1.25 }),
          Plot.tip(points, Plot.pointer({ x: 'x', y: 'response', title: describe })),
        ],
      })}
    />
  );
}

/** From the first curve to the last, without the ends of the palette: neither theme would show them. */
const colorScale = (count: number): Plot.ScaleOptions => ({
  type: 'linear',
  domain: [0, Math.max(1, count - 1)],
  scheme: 'viridis',
  range: [0.3, 0.85],
});

function Legend({ family: { unit, values } }: { family: Family }) {
  const scale = Plot.scale({ color: colorScale(values.length) });
  return (
    <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-muted">
      {values.map((value, index) => (
        <li key={String(value)} className="flex items-center gap-1">
          <span
            aria-hidden
            className="size-2 rounded-full"
            style={{ background: String(scale.apply(index)) }}
          />
          {String(value)}
          {unit}
        </li>
      ))}
    </ul>
  );
}
