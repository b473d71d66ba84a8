'use client';
import * as Plot from '@observablehq/plot';
import type { GroupActivations } from '@fovea/experiments/schema';
import { formatPercent, formatValue } from '../../format/number.ts';
import { Chart } from '../../ui/chart.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';

/** How often the unit has which value. Counts are drawn by their root, or the tail that matters would not be seen. */
export function ActivationHistogram({ activations }: { activations: GroupActivations }) {
  const { statistics, quantiles, histogram } = activations;
  const { minimum, maximum, counts, zeros } = histogram;
  const width = (maximum - minimum) / counts.length;
  const bars = counts.map((count, index) => ({
    from: minimum + index * width,
    to: minimum + (index + 1) * width,
    count,
  }));
  const marks = quantiles.filter(({ share }) => share === 0.5 || share === 0.99 || share === 0.999);
  // Quantiles that fall among the zeros are estimated as next to nothing.
  const settled = (value: number) => (Math.abs(value) < 1e-6 * (maximum - minimum) ? 0 : value);
  const total = zeros + counts.reduce((sum, count) => sum + count, 0);
  return (
    <>
      <Chart
        label={`Histogram of the activation from ${formatValue(minimum)} to ${formatValue(maximum)}`}
        height={180}
        deps={[histogram]}
        draw={() => ({
          marginLeft: 48,
          x: { label: 'Activation', nice: true },
          y: { label: 'Values', type: 'sqrt', ticks: 4, tickFormat: 's', grid: true },
          marks: [
            Plot.rectY(bars, {
              x1: 'from',
              x2: 'to',
              y: 'count',
              insetLeft: 0.5,
              insetRight: 0.5,
              fill: 'var(--accent)',
            }),
            Plot.ruleX(marks, { x: 'value', stroke: 'var(--warn)', strokeDasharray: '3 2' }),
            Plot.text(marks, {
              x: 'value',
              text: ({ share }: { share: number }) => `${100 * share} %`,
              frameAnchor: 'top',
              dy: -6,
              fill: 'var(--warn)',
            }),
          ],
        })}
      />
      <DefinitionList
        className="mt-3 text-xs"
        items={[
          {
            term: 'Exactly zero',
            value: `${formatPercent(total > 0 ? zeros / total : 0)}, left out of the bars`,
          },
          { term: 'Mean', value: `${formatValue(statistics.mean)} ± ${formatValue(statistics.deviation)}` },
          {
            term: 'Quantiles',
            value: quantiles
              .map(
                ({ share, value }) => `${Number((100 * share).toFixed(1))} %: ${formatValue(settled(value))}`,
              )
              .join(' · '),
          },
        ]}
      />
    </>
  );
}
