'use client';
import type { CircuitSummary } from '@fovea/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { formatInteger } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';
import { Picture } from '../runs/picture.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { circuitsQuery } from './queries.ts';

export function CircuitsPage() {
  const [model] = useQueryState('model', parseAsString);
  const circuits = useInfiniteQuery(circuitsQuery(model));
  const items = circuits.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeading
        title="Circuits"
        summary="Units and the weights between them, worth showing."
        actions={
          <Button asChild>
            <Link href="/circuits/new">
              <Plus aria-hidden />
              New circuit
            </Link>
          </Button>
        }
      />
      {circuits.isPending && <Skeleton className="h-52 rounded-lg" />}
      {circuits.isError && (
        <QueryError what="the circuits" error={circuits.error} onRetry={circuits.refetch} />
      )}
      {circuits.isSuccess && items.length === 0 && (
        <EmptyState
          icon={Waypoints}
          title="No circuits yet"
          action={
            <Button asChild look="primary">
              <Link href="/circuits/new">New circuit</Link>
            </Button>
          }
        >
          Start from a unit: its page opens it among the units that excite and inhibit it.
        </EmptyState>
      )}
      <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
        {items.map((circuit) => (
          <li key={circuit.id}>
            <CircuitCard circuit={circuit} />
          </li>
        ))}
      </ul>
      {circuits.hasNextPage && (
        <Button
          className="mt-4"
          onClick={() => circuits.fetchNextPage()}
          disabled={circuits.isFetchingNextPage}
        >
          {circuits.isFetchingNextPage ? 'Loading …' : 'Load more'}
        </Button>
      )}
    </>
  );
}

function CircuitCard({ circuit }: { circuit: CircuitSummary }) {
  const { id, title, model, units, thumbnails, createdBy, updatedAt } = circuit;
  return (
    <Link
      href={`/circuits/${id}`}
      className="flex h-full flex-col gap-3 rounded-lg border bg-surface p-4 hover:border-accent"
    >
      <span className="flex gap-1">
        {thumbnails.map((url) => (
          <Picture key={url} url={url} alt="" className="size-14" />
        ))}
      </span>
      <span>
        <span className="block font-medium">{title}</span>
        <span className="block text-xs text-muted">
          {formatInteger(units)} {units === 1 ? 'unit' : 'units'} of{' '}
          <span className="font-mono">{model}</span> · {createdBy.name}, {formatMoment(updatedAt)}
        </span>
      </span>
    </Link>
  );
}
