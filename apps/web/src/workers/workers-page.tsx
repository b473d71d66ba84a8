'use client';
import type { Worker } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { Cpu } from 'lucide-react';
import Link from 'next/link';
import { workersQuery } from '../api/queries.ts';
import { formatBytes, formatInteger, formatPercent } from '../format/number.ts';
import { formatAge } from '../format/time.ts';
import { useNow } from '../format/use-now.ts';
import { classNames } from '../ui/class-names.ts';
import { DefinitionList } from '../ui/definition-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

export function WorkersPage() {
  const workers = useQuery(workersQuery);
  return (
    <>
      <PageHeading title="Workers" summary="Each computes on one device. Those of the last day are listed." />
      {workers.isPending && <Skeleton className="h-52 rounded-lg" />}
      {workers.isError && <QueryError what="the workers" error={workers.error} onRetry={workers.refetch} />}
      {workers.data?.length === 0 && (
        <EmptyState icon={Cpu} title="No worker has reported in">
          Queued runs wait until one starts. `npm run demo` brings its own.
        </EmptyState>
      )}
      <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
        {workers.data?.map((worker) => (
          <li key={worker.id} className="rounded-lg border bg-surface p-4">
            <WorkerCard worker={worker} />
          </li>
        ))}
      </ul>
    </>
  );
}

const states: Record<Worker['status'], { label: string; color: string }> = {
  online: { label: 'Online', color: 'bg-good-soft text-good' },
  stopping: { label: 'Stopping', color: 'bg-warn-soft text-warn' },
  stopped: { label: 'Stopped', color: 'bg-sunken text-muted' },
  lost: { label: 'Lost', color: 'bg-bad-soft text-bad' },
};

function WorkerCard({ worker }: { worker: Worker }) {
  const now = useNow();
  const { label, color } = states[worker.status];
  const memory = worker.device.memoryBytes;
  return (
    <>
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 font-mono font-semibold break-all">{worker.name}</h2>
        <span className={classNames('rounded-full px-2 py-0.5 text-xs font-medium', color)}>{label}</span>
      </div>
      <p className="mt-0.5 text-muted">{worker.device.name}</p>
      <div className="mt-3 mb-4">
        <div className="mb-1 flex justify-between text-xs">
          <span className="text-muted">Busy</span>
          <span>{formatPercent(worker.busyShare)}</span>
        </div>
        <ProgressBar label={`Busy share of ${worker.name}`} value={worker.busyShare * 100} total={100} />
      </div>
      <DefinitionList
        items={[
          { term: 'Backend', value: worker.backend },
          { term: 'Memory', value: memory === null ? '–' : formatBytes(memory) },
          {
            term: 'At once',
            value: `${formatInteger(worker.concurrency)} ${worker.concurrency === 1 ? 'run' : 'runs'}`,
          },
          {
            term: 'Heartbeat',
            value: <span suppressHydrationWarning>{formatAge(worker.heartbeatAt, now)}</span>,
          },
          {
            term: 'Code version',
            value: <code className="font-mono text-xs break-all">{worker.codeVersion}</code>,
          },
          { term: 'Now', value: <CurrentRuns ids={worker.runIds} /> },
        ]}
      />
    </>
  );
}

const SHOWN = 8;

function CurrentRuns({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return <span className="text-muted">idle</span>;
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          {/* The end of a time-ordered identifier is what tells neighbours apart. */}
          <Link href={`/runs/${id}`} className="font-mono text-xs underline">
            …{id.slice(-SHOWN)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
