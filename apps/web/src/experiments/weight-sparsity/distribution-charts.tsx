'use client';
import type { SparsityVariant } from '@fovea/experiments/schema';
import * as Plot from '@observablehq/plot';
import { Chart } from '../../ui/chart.tsx';
import { figureTitle, kindTitles } from './names.ts';

type Distribution = SparsityVariant['distributions'][number];

/** How each measure spreads over the units: from the 5th to the 95th percentile, the middle half, the median. */
export function DistributionCharts({ variant: { distributions } }: { variant: SparsityVariant }) {
  const known = distributions.filter(({ trained }) => trained.length > 0);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {known.map((distribution) => (
        <section key={distribution.name}>
          <h3 className="mb-1 text-xs font-medium">{figureTitle(distribution.name)}</h3>
          <DistributionChart distribution={distribution} />
        </section>
      ))}
    </div>
  );
}

/** Places of the percentiles among the 21 quantiles. */
const [p5, p25, p50, p75, p95] = [1, 5, 10, 15, 19] as const;

function DistributionChart({ distribution }: { distribution: Distribution }) {
  const { name, trained, nulls } = distribution;
  const rows = [
    { kind: kindTitles.trained, quantiles: trained },
    ...nulls.map(({ kind, quantiles }) => ({ kind: kindTitles[kind], quantiles })),
  ].filter(({ quantiles }) => quantiles.length > 0);
  const at = (place: number) => (row: (typeof rows)[number]) => row.quantiles[place];
  const color = (row: (typeof rows)[number]) =>
    row.kind === kindTitles.trained ? 'var(--accent)' : 'var(--line-strong)';
  return (
    <Chart
      label={`${figureTitle(name)}: medians ${rows.map(({ kind, quantiles }) => `${kind} ${quantiles[p50]}`).join(', ')}`}
      height={30 + 24 * rows.length}
      deps={[distribution]}
      draw={() => ({
        marginLeft: 70,
        marginTop: 4,
        x: { grid: true, label: null, ticks: 4 },
        y: { domain: rows.map(({ kind }) => kind), label: null, tickSize: 0 },
        marks: [
          Plot.ruleY(rows, { y: 'kind', x1: at(p5), x2: at(p95), stroke: color }),
          Plot.barX(rows, {
            y: 'kind',
            x1: at(p25),
            x2: at(p75),
            fill: color,
            fillOpacity: 0.5,
            insetTop: 4,
            insetBottom: 4,
          }),
          Plot.tickX(rows, { y: 'kind', x: at(p50), stroke: color, strokeWidth: 2 }),
        ],
      })}
    />
  );
}
