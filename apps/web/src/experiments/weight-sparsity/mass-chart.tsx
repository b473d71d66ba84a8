'use client';
import type { SparsityVariant } from '@fovea/experiments/schema';
import * as Plot from '@observablehq/plot';
import { Chart } from '../../ui/chart.tsx';
import { kindTitles } from './names.ts';

const dashes = { trained: undefined, gaussian: '2 3', shuffled: '6 3', untrained: '8 3 2 3' } as const;

/** What part of all the weight of a unit its largest weights have. */
export function MassChart({ variant: { mass } }: { variant: SparsityVariant }) {
  const curves = [
    { kind: 'trained' as const, values: mass.trained },
    ...mass.nulls.map(({ kind, mass: values }) => ({ kind, values })),
  ];
  // Curves lie close together: each name stands at a place of its own.
  const named = (order: number) => mass.shares.findIndex((share) => share >= 0.3 + 0.2 * order - 1e-9);
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium">Weight that the largest weights have together</h3>
      <Chart
        label={`Of the sum of sizes the largest tenth has ${curves.map(({ kind, values }) => `${kindTitles[kind]} ${values[mass.shares.indexOf(0.1)]}`).join(', ')}`}
        height={220}
        deps={[mass]}
        draw={() => ({
          marginRight: 70,
          x: { label: 'share of weights, largest first', percent: true, grid: true },
          y: { label: 'share of weight', percent: true, grid: true, domain: [0, 100] },
          marks: curves.flatMap(({ kind, values }, order) => {
            const points = mass.shares.map((share, index) => ({ share, value: values[index]! }));
            const stroke = kind === 'trained' ? 'var(--accent)' : 'currentColor';
            return [
              Plot.lineY(points, { x: 'share', y: 'value', stroke, strokeDasharray: dashes[kind] }),
              Plot.text([points[named(order)]!], {
                x: 'share',
                y: 'value',
                text: [kindTitles[kind]],
                fill: stroke,
                dy: kind === 'trained' ? -8 : 12,
              }),
            ];
          }),
        })}
      />
    </section>
  );
}
