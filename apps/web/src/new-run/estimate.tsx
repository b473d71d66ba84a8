'use client';
import type { KindSchema } from '@fovea/experiments/schema';
import { useQuery } from '@tanstack/react-query';
import { estimateQuery } from '../api/queries.ts';
import { useSettled } from '../form/use-settled.ts';
import { formatInteger, formatValue } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';
import { withoutBlanks } from './form-values.ts';

const PAUSE = 400;

/** How long the run would take, asked for when the typing pauses. */
export function Estimate({ kind, input }: { kind: KindSchema; input: Record<string, unknown> }) {
  const settled = useSettled(JSON.stringify(input), PAUSE);
  const parsed = kind.input.safeParse(withoutBlanks(JSON.parse(settled)));
  const { data, error } = useQuery({
    ...estimateQuery(kind.name, (parsed.data ?? {}) as Record<string, unknown>),
    enabled: parsed.success,
  });
  return (
    <output aria-label="Estimate of the time" className="block min-h-15">
      <span className="block text-lg font-semibold">
        {data && !error && parsed.success ? `≈ ${formatDuration(data.seconds * 1000)}` : '–'}
      </span>
      <span className="block text-xs text-muted">{explain()}</span>
    </output>
  );

  function explain(): string {
    if (!parsed.success) return 'As soon as the fields are filled in.';
    if (error) return 'No estimate for this input.';
    if (!data) return 'Estimating …';
    return `${formatInteger(data.steps)} steps at ${formatValue(data.stepsPerSecond)} steps/s. ${data.explanation}`;
  }
}
