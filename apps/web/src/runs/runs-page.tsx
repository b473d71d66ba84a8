'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { RowSelectionState, SortingState } from '@tanstack/react-table';
import { FlaskConical, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { runsQuery, type RunFilters } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { useStored } from '../ui/use-stored.ts';
import { ColumnMenu } from './column-menu.tsx';
import { CompareBar } from './compare-bar.tsx';
import { isFiltered, NO_FILTERS, toRunFilters, useFilterParams } from './filters.ts';
import { defaultVisibility } from './run-columns.tsx';
import { RunFilterBar } from './run-filter-bar.tsx';
import { RunTable } from './run-table.tsx';
import { RunTableSkeleton } from './run-table-skeleton.tsx';

export function RunsPage() {
  const [params, setParams] = useFilterParams();
  const [visibility, setVisibility] = useStored('fovea.runs.columns', defaultVisibility);
  const [selection, setSelection] = useState<RowSelectionState>({});
  const runs = useInfiniteQuery(runsQuery(toRunFilters(params)));
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];

  function sort([column]: SortingState) {
    if (column)
      void setParams({ sort: column.id as RunFilters['sort'], direction: column.desc ? 'desc' : 'asc' });
  }

  return (
    <>
      <PageHeading title="Runs" />
      <RunFilterBar
        aside={
          <ColumnMenu
            isVisible={(column) => visibility[column] !== false}
            onChange={(column, visible) => setVisibility({ ...visibility, [column]: visible })}
          />
        }
      />
      {runs.isPending && <RunTableSkeleton />}
      {runs.isError && <QueryError what="the runs" error={runs.error} onRetry={runs.refetch} />}
      {runs.isSuccess && items.length === 0 && (
        <NoRuns filtered={isFiltered(params)} onClear={() => void setParams(NO_FILTERS)} />
      )}
      {items.length > 0 && (
        <>
          <RunTable
            runs={items}
            visibility={visibility}
            sorting={[{ id: params.sort, desc: params.direction === 'desc' }]}
            onSort={sort}
            selection={selection}
            onSelect={setSelection}
            stale={runs.isPlaceholderData}
          />
          <div className="mt-3 flex items-center justify-between gap-4 text-xs text-muted">
            <p>
              {items.length} {items.length === 1 ? 'run' : 'runs'}
              {runs.hasNextPage && ' so far'} · looks for news every two seconds while runs are under way
            </p>
            {runs.hasNextPage && (
              <Button size="small" onClick={() => runs.fetchNextPage()} disabled={runs.isFetchingNextPage}>
                {runs.isFetchingNextPage ? 'Loading …' : 'Load more'}
              </Button>
            )}
          </div>
        </>
      )}
      <CompareBar ids={Object.keys(selection)} onClear={() => setSelection({})} />
    </>
  );
}

function NoRuns({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title="No run matches these filters"
        action={<Button onClick={onClear}>Clear the filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={FlaskConical}
      title="No runs yet"
      action={
        <Button asChild look="primary">
          <Link href="/runs/new">New run</Link>
        </Button>
      }
    >
      A run is one experiment on one model. Start with a feature visualization: choose a unit of a network and
      watch the picture form that excites it most.
    </EmptyState>
  );
}
