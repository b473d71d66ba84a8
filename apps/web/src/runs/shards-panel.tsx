'use client';
import type { Run } from '@fovea/client';
import Link from 'next/link';
import { formatInteger } from '../format/number.ts';
import { Panel } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StatusBadge } from './status.tsx';

/** The runs among which the work is divided. */
export function ShardsPanel({ shards }: Pick<Run, 'shards'>) {
  const done = shards.filter(({ status }) => status === 'succeeded').length;
  return (
    <Panel title="Shards" aside={<span className="text-muted">{`${done} of ${shards.length} done`}</span>}>
      <ol className="flex flex-col gap-3">
        {shards.map(({ id, status, step, total }, index) => (
          <li
            key={id}
            className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto_2rem] items-center gap-3 sm:grid-cols-[4.5rem_minmax(0,1fr)_7rem_6.5rem]"
          >
            <Link href={`/runs/${id}`} className="hover:underline">
              {`Shard ${index + 1}`}
            </Link>
            <ProgressBar label={`Progress of shard ${index + 1}`} value={step} total={total} />
            <span className="text-right text-xs text-muted tabular-nums">
              {`${formatInteger(step)} / ${formatInteger(total)}`}
            </span>
            <StatusBadge status={status} compact />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
