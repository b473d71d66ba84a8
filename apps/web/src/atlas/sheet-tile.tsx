import type { Place } from './cells.ts';

interface SheetTileProps {
  url: string;
  /** Cells to a side of the sheet. */
  size: number;
  at: Place;
  alt: string;
}

/** One cell of a sheet, as large as its place. */
export function SheetTile({ url, size, at, alt }: SheetTileProps) {
  // Percentages of a background's position count what sticks out of the box: size - 1 cells.
  const along = (place: number) => `${(100 * place) / (size - 1)}%`;
  return (
    <div
      role="img"
      aria-label={alt}
      className="aspect-square rounded-md bg-sunken"
      style={{
        backgroundImage: `url(${JSON.stringify(url)})`,
        backgroundSize: `${100 * size}%`,
        backgroundPosition: `${along(at.column)} ${along(at.row)}`,
      }}
    />
  );
}
