'use client';
import { useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import Link from 'next/link';
import { modelsQuery } from '../api/queries.ts';
import { formatBytes, formatCompact, formatInteger } from '../format/number.ts';
import { Digest } from '../ui/digest.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { preprocessingText } from './preprocessing-text.ts';

export function ModelsPage() {
  const models = useQuery(modelsQuery);
  return (
    <>
      <PageHeading title="Models" />
      {models.isPending && <Skeleton className="h-48 rounded-lg" />}
      {models.isError && <QueryError what="the models" error={models.error} onRetry={models.refetch} />}
      {models.data?.length === 0 && (
        <EmptyState icon={Boxes} title="No models are registered">
          Register one from a terminal:
          <code className="mt-2 block font-mono text-xs">
            npm run fovea -- model import PATH --architecture NAME
          </code>
        </EmptyState>
      )}
      <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
        {models.data?.map((model) => (
          <li key={model.id} className="relative rounded-lg border bg-surface p-4 hover:border-line-strong">
            <h2 className="font-mono text-base font-semibold">
              {/* The whole card takes the click. */}
              <Link
                href={`/models/${encodeURIComponent(model.name)}`}
                className="after:absolute after:inset-0"
              >
                {model.name}
              </Link>
            </h2>
            <p className="mt-0.5 text-muted">{model.architecture}</p>
            <dl className="mt-3 grid grid-cols-3 gap-2">
              <Figure term="Parameters" value={formatCompact(model.parameters)} />
              <Figure term="Layers" value={formatInteger(model.layerCount)} />
              <Figure term="Checkpoint" value={formatBytes(model.checkpoint.bytes)} />
            </dl>
            <p className="mt-3 text-xs text-muted">{preprocessingText(model.preprocessing)}</p>
            <div className="relative z-10 mt-1 w-fit text-xs text-muted">
              <Digest value={model.digest} what="Model digest" />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="text-base font-medium">{value}</dd>
    </div>
  );
}
