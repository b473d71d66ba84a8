'use client';
import * as Plot from '@observablehq/plot';
import type { TuningEvidence } from '@fovea/experiments/schema';
import { Chart } from '../../ui/chart.tsx';

/** The response along one parameter, a curve for each value of another. */
export function TuningCurves({ tuning: { along, curve, curvesBy } }: { tuning: TuningEvidence }) {
  const whole = { parameter: '', unit: '', values: [''], curves: [curve] };
  const shown = curvesBy.length > 0 ? curvesBy : [whole];
  return shown.map((family) => {
    const points = family.curves.flatMap((responses, index) =>
      responses.map((response, at) => ({
        x: along.values[at]!,
        response,
        value: family.values[index] ?? '',
      })),
    );
    const isNumeric = family.values.every((value) => typeof value === 'number');
    return (
      <section key={family.parameter} className="mt-4">
        {family.parameter && <h3 className="mb-1 text-xs text-muted">For each {family.parameter}</h3>}
        <Chart
          label={`Response by ${along.parameter}${family.parameter && ` for each ${family.parameter}`}`}
          height={190}
          deps={[along, family]}
          draw={() => ({
            marginLeft: 44,
            x: { label: along.parameter + (along.unit && ` (${along.unit})`) },
            y: { label: 'Response', grid: true, ticks: 4 },
            color: isNumeric
              ? { type: 'ordinal', scheme: 'Viridis', legend: false }
              : { type: 'categorical', legend: false },
            marks: [
              Plot.line(points, { x: 'x', y: 'response', stroke: 'value', strokeWidth: 1.25 }),
              Plot.tip(
                points,
                Plot.pointer({
                  x: 'x',
                  y: 'response',
                  title: (point: (typeof points)[number]) =>
                    `${family.parameter} ${String(point.value)}${family.unit}: ${point.response ?? '–'} at ${point.x}${along.unit}`,
                }),
              ),
            ],
          })}
        />
        {family.parameter && (
          <Legend
            values={family.values.map((value) => `${String(value)}${family.unit}`)}
            colorOf={(index) =>
              isNumeric ? viridis(family.values.length, index) : categorical(family.values.length, index)
            }
          />
        )}
      </section>
    );
  });
}

const colorsOf = (count: number, options: Plot.ScaleOptions) => {
  const domain = Array.from({ length: count }, (_, index) => index);
  const scale = Plot.scale({ color: { domain, ...options } });
  return (index: number) => String(scale.apply(index));
};

const viridis = (count: number, index: number) =>
  colorsOf(count, { type: 'ordinal', scheme: 'Viridis' })(index);
const categorical = (count: number, index: number) => colorsOf(count, { type: 'categorical' })(index);

function Legend({ values, colorOf }: { values: readonly string[]; colorOf: (index: number) => string }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-muted">
      {values.map((value, index) => (
        <li key={value} className="flex items-center gap-1">
          <span aria-hidden className="size-2 rounded-full" style={{ background: colorOf(index) }} />
          {value}
        </li>
      ))}
    </ul>
  );
}
