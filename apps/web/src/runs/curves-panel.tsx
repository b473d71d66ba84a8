'use client';
import { useState } from 'react';
import { humanize } from '../form/json-schema.ts';
import { Panel } from '../ui/panel.tsx';
import { Select } from '../ui/select.tsx';
import { CurveChart } from './curve-chart.tsx';
import type { Point, Timeline } from './timeline.ts';

export const hasCurves = ({ losses, metrics }: Timeline) =>
  losses.length > 0 || Object.keys(metrics).length > 0;

/** The loss over the steps, or another number that the run measures. */
export function CurvesPanel({ timeline, total }: { timeline: Timeline; total: number }) {
  const [chosen, setChosen] = useState('loss');
  const curves: Record<string, readonly Point[]> = { loss: timeline.losses, ...timeline.metrics };
  const label = humanize(chosen);
  const names = Object.keys(curves);
  return (
    <Panel
      title={names.length > 1 ? 'Curve' : label}
      aside={
        names.length > 1 && (
          <Select
            aria-label="Curve"
            className="h-7 border-transparent text-xs"
            value={chosen}
            options={names.map((name) => ({ value: name, label: humanize(name) }))}
            onChange={setChosen}
          />
        )
      }
    >
      <CurveChart key={chosen} label={label} points={curves[chosen] ?? []} total={total} />
    </Panel>
  );
}
