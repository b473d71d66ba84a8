'use client';
import type { DatasetClassList } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { formatInteger } from '../format/number.ts';
import { classNames } from '../ui/class-names.ts';
import { Panel } from '../ui/panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { classesQuery } from './queries.ts';

const ROW_HEIGHT = 28;
const MOST_IN_SIGHT = 14;

type ClassRow = DatasetClassList['items'][number];

interface ClassPanelProps {
  dataset: string;
  split: string;
  /** Whose images are shown; null: all. */
  label: number | null;
  onChoose: (label: number | null) => void;
}

/** How many images of each class the split has: a histogram that also chooses what is shown. */
export function ClassPanel({ dataset, split, label, onChoose }: ClassPanelProps) {
  const classes = useQuery(classesQuery(dataset));
  const rows = classes.data?.filter(({ images }) => images[split]! > 0) ?? [];
  return (
    <Panel
      title="Classes"
      aside={
        <span className="text-xs text-muted">
          {classes.data && `${formatInteger(rows.length)} in ${split}`}
        </span>
      }
      flush
    >
      {classes.isPending && <Skeleton className="m-4 h-40" />}
      {classes.isError && <p className="p-4 text-bad">{classes.error.message}</p>}
      {classes.data && <ClassBars rows={rows} split={split} label={label} onChoose={onChoose} />}
    </Panel>
  );
}

interface ClassBarsProps extends Pick<ClassPanelProps, 'split' | 'label' | 'onChoose'> {
  rows: readonly ClassRow[];
}

function ClassBars({ rows, split, label, onChoose }: ClassBarsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const most = Math.max(...rows.map(({ images }) => images[split]!));
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  return (
    <div
      ref={scroller}
      className="overflow-y-auto"
      style={{ height: ROW_HEIGHT * Math.min(rows.length, MOST_IN_SIGHT) + 8 }}
    >
      <div className="relative my-1" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]!;
          const value = row.label ?? -1;
          return (
            <ClassBar
              key={value}
              row={row}
              share={row.images[split]! / most}
              count={row.images[split]!}
              isChosen={value === label}
              offset={start}
              onClick={() => onChoose(value === label ? null : value)}
            />
          );
        })}
      </div>
    </div>
  );
}

interface ClassBarProps {
  row: ClassRow;
  count: number;
  /** Of the largest class. */
  share: number;
  isChosen: boolean;
  offset: number;
  onClick: () => void;
}

function ClassBar({ row, count, share, isChosen, offset, onClick }: ClassBarProps) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onClick}
      className={classNames(
        'absolute inset-x-0 flex items-center gap-2 px-4 text-left text-xs hover:bg-sunken focus-visible:-outline-offset-2',
        isChosen && 'bg-accent-soft font-medium',
      )}
      style={{ height: ROW_HEIGHT, transform: `translateY(${offset}px)` }}
    >
      <span className="min-w-0 flex-1 truncate">{row.class ?? 'without a class'}</span>
      <span aria-hidden className="h-2 w-20 shrink-0">
        <span
          className="block h-full rounded-sm bg-accent/70"
          style={{ width: `${Math.max(2, 100 * share)}%` }}
        />
      </span>
      <span className="w-12 shrink-0 text-right text-muted tabular-nums">{formatInteger(count)}</span>
    </button>
  );
}
