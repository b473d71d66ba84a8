'use client';
import type { RunSummary } from '@fovea/client';
import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import Link from 'next/link';
import { kindTitle } from '../experiments/kinds.ts';
import { formatInteger, formatValue } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Age } from './age.tsx';
import { Picture } from './picture.tsx';
import { StatusBadge } from './status.tsx';
import { subjectOf } from './subject.ts';

export const runTableFeatures = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
});

const helper = createColumnHelper<typeof runTableFeatures, RunSummary>();

const NONE = <span className="text-muted">–</span>;

export const runColumns = helper.columns([
  helper.display({
    id: 'select',
    enableHiding: false,
    header: () => <span className="sr-only">Select to compare</span>,
    cell: ({ row }) => (
      <Checkbox
        aria-label={`Select ${subjectOf(row.original)} to compare`}
        checked={row.getIsSelected()}
        onCheckedChange={(checked) => row.toggleSelected(checked === true)}
      />
    ),
  }),
  helper.display({
    id: 'picture',
    header: () => <span className="sr-only">Picture</span>,
    cell: ({ row: { original: run } }) => (
      <Link href={`/runs/${run.id}`} tabIndex={-1} aria-hidden>
        <Picture url={run.picture?.url} alt="" className="size-13" />
      </Link>
    ),
  }),
  helper.accessor((run) => subjectOf(run), {
    id: 'subject',
    enableHiding: false,
    enableSorting: false,
    header: 'Run',
    cell: ({ row: { original: run }, getValue }) => (
      <div className="min-w-0">
        <Link
          href={`/runs/${run.id}`}
          className="block truncate font-medium hover:text-accent hover:underline"
          title={getValue()}
        >
          {run.title ? getValue() : <span className="font-mono">{getValue()}</span>}
        </Link>
        <div className="truncate text-xs text-muted">
          {kindTitle(run.kind)}
          {/* Told by columns of their own where there is room. */}
          <span className="md:hidden">
            {run.model && ` · ${run.model}`} · <Age date={run.createdAt} />
          </span>
        </div>
      </div>
    ),
  }),
  helper.accessor('status', {
    enableSorting: false,
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue()} compact />,
  }),
  helper.accessor('model', {
    enableSorting: false,
    header: 'Model',
    cell: ({ getValue }) => {
      const name = getValue();
      return name ? (
        <Link href={`/models/${encodeURIComponent(name)}`} className="font-mono text-xs hover:underline">
          {name}
        </Link>
      ) : (
        NONE
      );
    },
  }),
  helper.accessor('step', {
    id: 'progress',
    enableSorting: false,
    header: 'Steps',
    cell: ({ row: { original: run } }) => (
      <div className="w-28">
        <div className="text-xs">
          {formatInteger(run.step)}
          <span className="text-muted"> / {formatInteger(run.total)}</span>
        </div>
        {run.status === 'running' && (
          <ProgressBar label={`Steps of ${subjectOf(run)}`} value={run.step} total={run.total} />
        )}
      </div>
    ),
  }),
  helper.accessor('loss', {
    enableSorting: false,
    header: 'Loss',
    cell: ({ getValue }) => {
      const loss = getValue();
      return loss === null ? NONE : formatValue(loss);
    },
  }),
  helper.accessor('createdAt', {
    header: 'Created',
    sortDescFirst: true,
    cell: ({ getValue }) => <Age date={getValue()} />,
  }),
  helper.accessor('finishedAt', {
    header: 'Finished',
    sortDescFirst: true,
    cell: ({ getValue }) => {
      const date = getValue();
      return date === null ? NONE : <Age date={date} />;
    },
  }),
  helper.accessor('wallSeconds', {
    header: 'Computing',
    sortDescFirst: true,
    cell: ({ getValue }) => (getValue() > 0 ? formatDuration(getValue() * 1000) : NONE),
  }),
  helper.accessor('seed', { enableSorting: false, header: 'Seed', cell: ({ getValue }) => getValue() }),
  helper.accessor('priority', {
    enableSorting: false,
    header: 'Priority',
    cell: ({ getValue }) => getValue(),
  }),
]);

/** In the order of the menu that chooses among them. */
export const columnTitles: Readonly<Record<string, string>> = {
  picture: 'Picture',
  status: 'Status',
  model: 'Model',
  progress: 'Steps',
  loss: 'Loss',
  createdAt: 'Created',
  finishedAt: 'Finished',
  wallSeconds: 'Computing time',
  seed: 'Seed',
  priority: 'Priority',
};

export const defaultVisibility: Readonly<Record<string, boolean>> = {
  finishedAt: false,
  seed: false,
  priority: false,
};

/** Narrow screens keep what identifies a run; the rest comes with room. */
export const columnRoom: Readonly<Record<string, string>> = {
  select: 'w-10 pr-0',
  picture: 'w-16',
  // Takes what the others leave, and cuts its text rather than pushing them out.
  subject: 'w-full max-w-0',
  model: 'max-md:hidden',
  progress: 'max-md:hidden',
  loss: 'max-lg:hidden text-right',
  createdAt: 'max-md:hidden',
  finishedAt: 'max-lg:hidden',
  wallSeconds: 'max-lg:hidden text-right',
  seed: 'max-lg:hidden text-right',
  priority: 'max-lg:hidden text-right',
};
