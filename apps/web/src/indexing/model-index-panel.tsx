'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatInteger, formatPercent } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';
import { Panel } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { IndexStatusBadge } from './index-status.tsx';
import { indexesQuery } from './queries.ts';

/** The newest indexes of a model; nothing where there is none. */
export function ModelIndexPanel({ model }: { model: string }) {
  const indexes = useQuery(indexesQuery(model));
  if (indexes.isError)
    return <QueryError what="the indexes" error={indexes.error} onRetry={indexes.refetch} />;
  if (!indexes.data || indexes.data.length === 0) return null;
  return (
    <Panel title="Indexes">
      <ul className="-my-1 divide-y">
        {indexes.data.map(({ id, status, share, pictures, createdAt }) => (
          <li key={id} className="flex flex-col gap-1.5 py-2">
            <div className="flex items-center justify-between gap-2">
              <Link href={`/indexes/${id}`} className="hover:text-accent hover:underline">
                {formatMoment(createdAt)}
              </Link>
              <IndexStatusBadge status={status} />
            </div>
            {status !== 'finished' && (
              <ProgressBar label="Index" value={share} total={1} valueText={formatPercent(share)} />
            )}
            <span className="text-xs text-muted">
              {formatInteger(pictures.done)} of {formatInteger(pictures.total)} pictures
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
