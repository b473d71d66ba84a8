'use client';
// Positions are too many to be elements of their own: one stop for the keyboard, with arrows inside.
/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role */
import { throughDashboard } from '../../api/client.ts';
import { HeatMap } from '../../units/activations/heat-map.tsx';
import { boxOf, positionAt, positionBeside, type Grid } from './grid-position.ts';

interface ImageGridProps {
  /** Of the image as the network read it. */
  url: string;
  grid: Grid;
  position: number;
  onPoint: (position: number) => void;
  /** What the chosen unit does at each position; undefined where none is chosen. */
  map: ArrayLike<number> | undefined;
}

/** An image whose positions can be pointed at, or walked with the arrow keys. */
export function ImageGrid({ url, grid, position, onPoint, map }: ImageGridProps) {
  const { left, top, width, height } = boxOf(grid, position);
  const [rows, columns] = grid;
  return (
    <div
      role="group"
      tabIndex={0}
      aria-roledescription="grid of positions"
      aria-label={`Row ${Math.floor(position / columns) + 1} of ${rows}, column ${(position % columns) + 1} of ${columns}; arrows lead to others`}
      onPointerMove={({ currentTarget, clientX, clientY }) => {
        const box = currentTarget.getBoundingClientRect();
        onPoint(positionAt(grid, (clientX - box.left) / box.width, (clientY - box.top) / box.height));
      }}
      onKeyDown={(event) => {
        const next = positionBeside(grid, position, event.key);
        if (next === null) return;
        event.preventDefault();
        onPoint(next);
      }}
      className="relative w-full touch-manipulation overflow-hidden rounded-md bg-sunken"
    >
      <img
        src={throughDashboard(url)}
        alt="What the network read"
        className="w-full [image-rendering:auto]"
      />
      {map && (
        <>
          <span aria-hidden className="absolute inset-0 bg-white/45 dark:bg-black/45" />
          <HeatMap
            values={map}
            rows={rows}
            columns={columns}
            scale={largest(map)}
            opacity={0.85}
            place={{ left: 0, top: 0, width: 100, height: 100 }}
          />
        </>
      )}
      <span
        aria-hidden
        className="pointer-events-none absolute rounded-[2px] outline-2 outline-white ring-4 ring-black/70"
        style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
      />
    </div>
  );
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) most = Math.max(most, Math.abs(values[index]!));
  return most;
}
