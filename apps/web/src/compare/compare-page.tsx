'use client';
import type { Run } from '@fovea/client';
import { useQueries } from '@tanstack/react-query';
import { Columns2 } from 'lucide-react';
import Link from 'next/link';
import { parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import { useId } from 'react';
import { runQuery } from '../api/queries.ts';
import { Picture } from '../runs/picture.tsx';
import { StatusBadge } from '../runs/status.tsx';
import { subjectOf } from '../runs/subject.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Switch } from '../ui/switch.tsx';
import { compareRuns } from './differences.ts';

const params = {
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  /** Shows the parameters that agree as well. */
  all: parseAsBoolean.withDefault(false),
};

export function ComparePage() {
  const [{ runs: ids, all }, setParams] = useQueryStates(params);
  const queries = useQueries({ queries: ids.map((id) => runQuery(id)) });
  const failed = queries.flatMap(({ error }, index) =>
    error ? [{ id: ids[index]!, message: error.message }] : [],
  );
  const runs = queries.flatMap(({ data }) => (data ? [data] : []));
  if (ids.length === 0) return <NothingChosen />;
  return (
    <>
      <PageHeading
        title={`Compare ${ids.length} runs`}
        actions={<AllSwitch value={all} onChange={(next) => void setParams({ all: next || null })} />}
      />
      {failed.map(({ id, message }) => (
        <Notice key={id} tone="error" title={`Could not load run ${id}`} className="mb-3">
          {message}
        </Notice>
      ))}
      {runs.length + failed.length < ids.length ? (
        <Skeleton className="h-120 rounded-lg" />
      ) : (
        <ComparisonTable
          runs={runs}
          all={all}
          onRemove={(id) => void setParams({ runs: ids.filter((other) => other !== id) })}
        />
      )}
    </>
  );
}

function NothingChosen() {
  return (
    <>
      <PageHeading title="Compare runs" />
      <EmptyState
        icon={Columns2}
        title="No runs are chosen"
        action={
          <Button asChild>
            <Link href="/runs">Choose among the runs</Link>
          </Button>
        }
      >
        Tick two or more in the list of runs to see their pictures side by side and what tells them apart.
      </EmptyState>
    </>
  );
}

function AllSwitch({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Switch id={id} checked={value} onCheckedChange={onChange} />
      <label htmlFor={id}>All parameters</label>
    </div>
  );
}

interface ComparisonTableProps {
  runs: readonly Run[];
  all: boolean;
  onRemove: (id: string) => void;
}

function ComparisonTable({ runs, all, onRemove }: ComparisonTableProps) {
  const rows = compareRuns(runs);
  const shown = all ? rows : rows.filter(({ differs }) => differs);
  return (
    // Scrolls sideways on narrow screens, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label="Comparison" tabIndex={0} className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full table-fixed text-left" style={{ minWidth: `${7 + runs.length * 11}rem` }}>
        <colgroup>
          <col className="w-28 sm:w-40" />
        </colgroup>
        <thead>
          <tr className="border-b align-top">
            <th scope="col" className="p-3 font-medium text-muted">
              <span className="sr-only">Parameter</span>
            </th>
            {runs.map((run) => (
              <th key={run.id} scope="col" className="p-3 font-normal">
                <RunHead run={run} onRemove={() => onRemove(run.id)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, title, values, differs }) => (
            <tr key={name} className="border-b last:border-b-0">
              <th scope="row" className="px-3 py-2 font-normal text-muted">
                {title}
              </th>
              {values.map((value, index) => (
                <td
                  key={runs[index]!.id}
                  className={classNames(
                    'px-3 py-2 break-words',
                    differs && all && 'bg-accent-soft/60 font-medium',
                  )}
                >
                  {value}
                </td>
              ))}
            </tr>
          ))}
          {shown.length === 0 && (
            <tr>
              <td colSpan={runs.length + 1} className="px-3 py-6 text-center text-muted">
                These runs have the same parameters.
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function RunHead({ run, onRemove }: { run: Run; onRemove: () => void }) {
  return (
    <div className="flex flex-col gap-2">
      <Link href={`/runs/${run.id}`} tabIndex={-1} aria-hidden>
        <Picture url={run.picture?.url} alt="" className="aspect-square w-full max-w-96" />
      </Link>
      <Link href={`/runs/${run.id}`} className="font-mono font-medium break-words hover:underline">
        {subjectOf(run)}
      </Link>
      <div className="flex flex-wrap items-center gap-2">
        <StatusBadge status={run.status} />
        <Button look="quiet" size="small" onClick={onRemove} aria-label={`Take out ${subjectOf(run)}`}>
          Take out
        </Button>
      </div>
    </div>
  );
}
