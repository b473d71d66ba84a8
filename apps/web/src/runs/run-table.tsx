'use client';
import type { RunSummary } from '@fovea/client';
import { useTable, type RowSelectionState, type SortingState } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { classNames } from '../ui/class-names.ts';
import { columnRoom, runColumns, runTableFeatures } from './run-columns.tsx';

interface RunTableProps {
  runs: RunSummary[];
  visibility: Readonly<Record<string, boolean>>;
  sorting: SortingState;
  onSort: (sorting: SortingState) => void;
  selection: RowSelectionState;
  onSelect: (selection: RowSelectionState) => void;
  /** What is shown belongs to other filters; those now set are on their way. */
  stale: boolean;
}

const SORT_ICONS = { asc: ArrowUp, desc: ArrowDown };
const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

export function RunTable({ runs, visibility, sorting, onSort, selection, onSelect, stale }: RunTableProps) {
  const table = useTable({
    features: runTableFeatures,
    columns: runColumns,
    data: runs,
    getRowId: (run) => run.id,
    state: { columnVisibility: visibility, sorting, rowSelection: selection },
    manualSorting: true,
    enableSortingRemoval: false,
    onSortingChange: (update) => onSort(typeof update === 'function' ? update(sorting) : update),
    onRowSelectionChange: (update) => onSelect(typeof update === 'function' ? update(selection) : update),
  });
  return (
    <div
      className={classNames(
        'overflow-x-auto rounded-lg border bg-surface transition-opacity',
        stale && 'opacity-60',
      )}
    >
      <table className="w-full text-left" aria-busy={stale}>
        <thead className="border-b text-xs text-muted">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={sorted ? ARIA_SORT[sorted] : undefined}
                    className={classNames(
                      'h-9 px-3 font-medium whitespace-nowrap',
                      columnRoom[header.column.id],
                    )}
                  >
                    {header.column.getCanSort() ? (
                      <SortButton sorted={sorted} onClick={header.column.getToggleSortingHandler()}>
                        <table.FlexRender header={header} />
                      </SortButton>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              className={classNames(
                'h-16 border-b last:border-b-0 hover:bg-sunken/60',
                row.getIsSelected() && 'bg-accent-soft/60',
              )}
            >
              {row.getVisibleCells().map((cell) => (
                // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a cell is no control
                <td key={cell.id} className={classNames('px-3 py-1.5', columnRoom[cell.column.id])}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortButtonProps {
  sorted: false | 'asc' | 'desc';
  onClick: ((event: unknown) => void) | undefined;
  children: React.ReactNode;
}

function SortButton({ sorted, onClick, children }: SortButtonProps) {
  const Icon = sorted ? SORT_ICONS[sorted] : ArrowUpDown;
  return (
    <button type="button" onClick={onClick} className="inline-flex items-center gap-1 rounded hover:text-ink">
      {children}
      <Icon aria-hidden className={classNames('size-3.5', !sorted && 'opacity-50')} />
    </button>
  );
}
