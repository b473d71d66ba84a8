'use client';
import { useQuery } from '@tanstack/react-query';
import { useSettled } from '../form/use-settled.ts';
import { formatBytes, formatInteger } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';
import type { ReadChoices } from './choices.ts';
import { indexEstimateQuery } from './queries.ts';

const PAUSE = 400;

/** Time and storage of what is missing, asked for when the choosing pauses. */
export function EstimatePanel({ model, read }: { model: string; read: ReadChoices }) {
  const settled = JSON.parse(useSettled(JSON.stringify(read), PAUSE)) as ReadChoices;
  const isChosen = 'settings' in settled;
  const { data, error } = useQuery({
    ...indexEstimateQuery(model, isChosen ? settled.settings : ({} as never)),
    enabled: isChosen,
  });
  if (!isChosen) return <Output headline="–" lines={[settled.fault]} />;
  if (error) return <Output headline="–" lines={[error.message]} />;
  if (!data) return <Output headline="–" lines={['Estimating …']} />;
  const { estimate, units, layers, skipped } = data;
  const there = skipped.reduce((sum, { pictures }) => sum + pictures, 0);
  const workers = estimate.places === 1 ? 'one run at a time' : `${estimate.places} runs at a time`;
  return (
    <Output
      headline={`≈ ${formatDuration(estimate.seconds * 1000)}, ${formatBytes(estimate.bytes)}`}
      lines={[
        `${formatInteger(estimate.pictures)} pictures of ${formatInteger(units)} units in ${formatInteger(layers.length)} layers, ${workers}.`,
        ...(there > 0 ? [`${formatInteger(there)} pictures are there already.`] : []),
        `${estimate.explanation}.`,
      ]}
    />
  );
}

function Output({ headline, lines }: { headline: string; lines: readonly string[] }) {
  return (
    <output aria-label="Estimate of time and storage" className="block min-h-20 min-w-0 flex-1">
      <span className="block text-lg font-semibold">{headline}</span>
      {lines.map((line) => (
        <span key={line} className="block text-xs text-muted">
          {line}
        </span>
      ))}
    </output>
  );
}
