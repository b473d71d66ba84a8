'use client';
// Rows beyond sight are not drawn, so no HTML list can hold them; and one stop for the keyboard, with arrows inside.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions */
import type { UnitSummary } from '@fovea/client';
import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import {
  memo,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
} from 'react';
import { unitHref } from '../units/unit-href.ts';
import { gridStep } from './grid-keyboard.ts';
import { tileHeight, UnitTile } from './unit-tile.tsx';
import { useGridPlace } from './use-grid-place.ts';

const GAP = 8;
const OVERSCAN = 4;
/** What stays above the grid when it is scrolled: the header and the toolbar. */
const COVERED = 116;

export interface UnitGridHandle {
  /** Scrolls to a tile and gives it the focus. */
  focusTile(index: number): void;
}

/** How a unit is shown; the same for all units of a layer. */
export interface UnitLook {
  url: (unit: UnitSummary) => string | null;
  value: (unit: UnitSummary) => string | null;
  branchColor: (unit: UnitSummary) => string | null;
}

interface UnitGridProps {
  model: string;
  layer: string;
  units: readonly UnitSummary[];
  /** Of a picture, in pixels; a little more where the row has room. */
  size: number;
  look: UnitLook;
  onPoint: (unit: UnitSummary) => void;
  handle: Ref<UnitGridHandle>;
}

/** As many tiles in a row as fit; the page scrolls, and only what is near to sight is drawn. */
export const UnitGrid = memo(function UnitGrid(props: UnitGridProps) {
  const { model, layer, units, look, onPoint, handle } = props;
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const { width, top } = useGridPlace(box);
  const columns = Math.max(1, Math.floor((width + GAP) / (props.size + GAP)));
  // What is left over is shared out, so that rows end where the page does.
  const size = Math.max(props.size, Math.floor((width - (columns - 1) * GAP) / columns));
  const [active, setActive] = useState(0);
  const focusNext = useRef(false);
  const activeIndex = Math.min(active, Math.max(0, units.length - 1));
  const activeRow = Math.floor(activeIndex / columns);
  const rowHeight = tileHeight(size) + GAP;

  // oxlint-disable-next-line react/incompatible-library -- rows are memoized by what they show
  const rows = useWindowVirtualizer({
    count: width === 0 ? 0 : Math.ceil(units.length / columns),
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: COVERED,
    // What has the focus must stay in the document wherever the page is scrolled.
    rangeExtractor: useCallback(
      (range: Range) => withRow(defaultRangeExtractor(range), activeRow),
      [activeRow],
    ),
  });
  useEffect(() => rows.measure(), [rows, rowHeight]);

  useEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    box.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"]`)?.focus({ preventScroll: true });
  });

  function focusTile(index: number) {
    focusNext.current = true;
    setActive(index);
    rows.scrollToIndex(Math.floor(index / columns));
  }
  useImperativeHandle(handle, () => ({ focusTile }));

  function move(event: KeyboardEvent) {
    const seen = Math.max(1, Math.floor((innerHeight - COVERED) / rowHeight));
    const next = gridStep(event, activeIndex, { columns, count: units.length, rowsInSight: seen });
    if (next === null) return;
    event.preventDefault();
    focusTile(next);
  }

  /** Without loading the page anew, unless the reader wants another tab or window. */
  function follow(event: MouseEvent<HTMLElement>) {
    const link = (event.target as HTMLElement).closest('a');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(link.pathname);
  }

  const point = useCallback(
    (index: number) => {
      const unit = units[index];
      if (unit) onPoint(unit);
    },
    [units, onPoint],
  );

  return (
    <div
      ref={box}
      role="list"
      aria-label={`Units of ${layer}`}
      onKeyDown={move}
      onClick={follow}
      className="relative"
      style={{ height: rows.getTotalSize() }}
    >
      {rows.getVirtualItems().map(({ index, start }) => (
        <UnitRow
          key={index}
          {...{ model, layer, units, size, look }}
          first={index * columns}
          columns={columns}
          offset={start - top}
          activeIndex={index === activeRow ? activeIndex : null}
          onPoint={point}
        />
      ))}
    </div>
  );
});

const withRow = (rows: number[], row: number) =>
  rows.includes(row) ? rows : [...rows, row].toSorted((a, b) => a - b);

interface UnitRowProps extends Pick<UnitGridProps, 'model' | 'layer' | 'units' | 'size' | 'look'> {
  first: number;
  columns: number;
  /** From the upper edge of the grid, in pixels. */
  offset: number;
  activeIndex: number | null;
  onPoint: (index: number) => void;
}

const UnitRow = memo(function UnitRow(props: UnitRowProps) {
  const { model, layer, units, size, look, first, columns, offset, activeIndex, onPoint } = props;
  return (
    <div
      role="presentation"
      className="absolute inset-x-0 top-0 flex"
      style={{ gap: GAP, height: tileHeight(size), transform: `translateY(${offset}px)` }}
    >
      {units.slice(first, first + columns).map((unit, place) => (
        <UnitTile
          key={unit.channel}
          unit={unit}
          href={unitHref(model, { layer, channel: unit.channel })}
          url={look.url(unit)}
          size={size}
          value={look.value(unit)}
          branchColor={look.branchColor(unit)}
          index={first + place}
          total={units.length}
          isActive={first + place === activeIndex}
          onPoint={onPoint}
        />
      ))}
    </div>
  );
});
