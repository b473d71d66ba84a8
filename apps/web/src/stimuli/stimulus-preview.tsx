'use client';
import { combination, type Stimulus, type StimulusAxes } from '@fovea/data/stimuli';
import { useMemo } from 'react';
import { formatInteger } from '../format/number.ts';
import { Panel } from '../ui/panel.tsx';
import { StimulusCanvas } from './stimulus-canvas.tsx';

const SHOWN = 24;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

interface StimulusPreviewProps {
  stimulus: Stimulus;
  size: { height: number; width: number };
  axes: StimulusAxes;
  count: number;
}

/** Some of the set, spread over it by the golden ratio: even steps would meet the same value of a parameter each time. */
export function StimulusPreview({ stimulus, size, axes, count }: StimulusPreviewProps) {
  const samples = useMemo(() => {
    const places = Array.from({ length: Math.min(SHOWN, count) }, (_, place) =>
      count <= SHOWN ? place : Math.floor(((place * GOLDEN) % 1) * count),
    );
    const varied = axes.filter(([, values]) => values.length > 1).map(([name]) => name);
    return [...new Set(places)]
      .toSorted((a, b) => a - b)
      .map((index) => {
        const parameters = combination(axes, index);
        const label = varied.map((name) => String(parameters[name])).join(', ');
        return { index, parameters, label };
      });
  }, [axes, count]);
  return (
    <Panel
      title="Preview"
      aside={
        <span className="text-xs text-muted">
          {samples.length < count ? `${samples.length} of ` : ''}
          {formatInteger(count)} images
        </span>
      }
    >
      <div className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-3">
        {samples.map(({ index, parameters, label }) => (
          <StimulusCanvas
            key={index}
            stimulus={stimulus}
            size={size}
            parameters={parameters}
            label={label || stimulus.title}
          />
        ))}
      </div>
    </Panel>
  );
}
