import type { Place } from './cells.ts';

interface SheetTileProps {
  url: string;
  /** Cells to a side of the sheet. */
  size: number;
  at: Place;
  caption: string;
}

/** One cell of a sheet, as large as its place. */
export function SheetTile({ url, size, at, caption }: SheetTileProps) {
  // Percentages of a background's position count what sticks out of the box: size - 1 cells.
  const along = (place: number) => `${(100 * place) / (size - 1)}%`;
  return (
    <figure>
      <div
        aria-hidden
        className="aspect-square rounded-md bg-sunken"
        style={{
          backgroundImage: `url(${JSON.stringify(url)})`,
          backgroundSize: `${100 * size}%`,
          backgroundPosition: `${along(at.column)} ${along(at.row)}`,
        }}
      />
      <figcaption className="mt-1 text-xs text-muted">{caption}</figcaption>
    </figure>
  );
}
