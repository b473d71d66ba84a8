'use client';
// Rows beyond sight are not drawn, so no HTML list can hold them; and one stop for the keyboard, with arrows inside.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions */
import type { Dataset, DatasetImage } from '@fovea/client';
import { useQueries } from '@tanstack/react-query';
import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { gridStep } from '../layers/grid-keyboard.ts';
import { useGridPlace } from '../layers/use-grid-place.ts';
import { ImageTile } from './image-tile.tsx';
import { IMAGES_IN_PAGE, imagesQuery, type ImageSelection } from './queries.ts';

const GAP = 6;
const TILE = 104;
const CAPTION = 18;
/** What stays above the grid when it is scrolled. */
const COVERED = 64;

interface ImageGridProps {
  selection: ImageSelection;
  /** Of the dataset. */
  columns: Dataset['columns'];
  total: number;
  onShow: (place: number) => void;
}

/** The page scrolls; only the rows in sight are drawn, and only the pages that these need are fetched. */
export function ImageGrid({ selection, columns: facts, total, onShow }: ImageGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width, top } = useGridPlace(box);
  const [active, setActive] = useState(0);
  const focusNext = useRef(false);
  const columns = Math.max(1, Math.floor((width + GAP) / (TILE + GAP)));
  const size = Math.max(TILE, Math.floor((width - (columns - 1) * GAP) / columns));
  const rowHeight = size + CAPTION + GAP;
  const activeRow = Math.floor(active / columns);

  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized
  const rows = useWindowVirtualizer({
    count: width === 0 ? 0 : Math.ceil(total / columns),
    estimateSize: () => rowHeight,
    overscan: 3,
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
    box.current?.querySelector<HTMLElement>(`[data-place="${active}"]`)?.focus({ preventScroll: true });
  });

  const inSight = rows.getVirtualItems();
  const images = useImages(
    selection,
    inSight.flatMap(({ index }) => [index * columns, Math.min((index + 1) * columns, total) - 1]),
  );

  function move(event: KeyboardEvent) {
    const rowsInSight = Math.max(1, Math.floor((innerHeight - COVERED) / rowHeight));
    const next = gridStep(event, active, { columns, count: total, rowsInSight });
    if (next === null) return;
    event.preventDefault();
    focusNext.current = true;
    setActive(next);
    rows.scrollToIndex(Math.floor(next / columns));
  }

  return (
    <div
      ref={box}
      role="list"
      aria-label={`Images of ${selection.split}`}
      onKeyDown={move}
      className="relative"
      style={{ height: rows.getTotalSize() }}
    >
      {inSight.map(({ index, start }) => (
        <div
          key={index}
          role="presentation"
          className="absolute inset-x-0 top-0 flex"
          style={{ gap: GAP, height: rowHeight - GAP, transform: `translateY(${start - top}px)` }}
        >
          {Array.from({ length: Math.min(columns, total - index * columns) }, (_, column) => {
            const place = index * columns + column;
            return (
              <ImageTile
                key={place}
                image={images(place)}
                columns={facts}
                place={place}
                total={total}
                size={size}
                isActive={place === active}
                onShow={onShow}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

const withRow = (rows: number[], row: number) =>
  rows.includes(row) ? rows : [...rows, row].toSorted((a, b) => a - b);

/** The images of the pages on which some places are, each undefined until its page has come. */
function useImages(
  selection: ImageSelection,
  places: readonly number[],
): (place: number) => DatasetImage | undefined {
  const pages = [...new Set(places.map((place) => Math.floor(place / IMAGES_IN_PAGE)))];
  const answers = useQueries({ queries: pages.map((page) => imagesQuery(selection, page)) });
  return (place) => {
    const page = pages.indexOf(Math.floor(place / IMAGES_IN_PAGE));
    return answers[page]?.data?.items[place % IMAGES_IN_PAGE];
  };
}
