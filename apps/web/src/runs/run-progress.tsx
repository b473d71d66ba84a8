'use client';
import type { Run } from '@fovea/client';
import { formatInteger, formatPercent, formatValue } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';
import { useNow } from '../format/use-now.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { Timeline } from './timeline.ts';

interface RunProgressProps {
  run: Run;
  timeline: Timeline;
}

export function RunProgress({ run, timeline }: RunProgressProps) {
  const running = run.status === 'running';
  // The events are ahead of the row while they come.
  const step = Math.max(run.step, timeline.step);
  const loss = timeline.losses.at(-1)?.value ?? run.loss;
  const speed = timeline.stepsPerSecond ?? run.stepsPerSecond;
  const eta = running && speed ? ((run.total - step) / speed) * 1000 : null;
  return (
    <div className="flex flex-col gap-3">
      <ProgressBar
        label="Progress"
        value={step}
        total={run.total}
        valueText={`Step ${step} of ${run.total}`}
      />
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
        <Figure term="Step" value={`${formatInteger(step)} / ${formatInteger(run.total)}`} />
        <Figure term="Done" value={formatPercent(run.total > 0 ? step / run.total : 0)} />
        {loss !== null && <Figure term="Loss" value={formatValue(loss)} />}
        <Figure term="Speed" value={speed ? `${formatValue(speed)} steps/s` : '–'} />
        {running || run.status === 'queued' ? (
          <Figure term="Time left" value={eta === null ? '–' : `≈ ${formatDuration(eta)}`} />
        ) : (
          <Figure term="Computing time" value={formatDuration(run.wallSeconds * 1000)} />
        )}
      </dl>
      {run.status === 'queued' && <Queueing run={run} />}
    </div>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="text-base font-medium whitespace-nowrap">{value}</dd>
    </div>
  );
}

function Queueing({ run }: { run: Run }) {
  const now = useNow();
  const waited = formatDuration(now - new Date(run.createdAt).getTime());
  const place = run.shards.some(({ status }) => status !== 'succeeded')
    ? 'Waiting for its shards'
    : run.queuePosition === null
      ? 'Waiting for a place in the queue'
      : run.queuePosition === 1
        ? 'Next to start, as soon as a worker is free'
        : `Number ${formatInteger(run.queuePosition)} in the queue`;
  return (
    <p className="text-muted" suppressHydrationWarning>
      {place} · waiting for {waited}
    </p>
  );
}
