'use client';
import type { AtlasCell } from '@fovea/experiments/schema';
import Link from 'next/link';
import { formatInteger, formatValue } from '../format/number.ts';
import { unitHref } from '../units/unit-href.ts';
import { SheetTile } from './sheet-tile.tsx';

interface CellDetailsProps {
  model: string;
  layer: string;
  /** Cells to a side. */
  size: number;
  icons: string;
  examples: string;
  cell: AtlasCell;
}

/** What lies in a cell: its icon, images, classes and units. */
export function CellDetails({ model, layer, size, icons, examples, cell }: CellDetailsProps) {
  const classes = cell.classes.filter(({ attribution }) => attribution > 0);
  const most = Math.max(...classes.map(({ attribution }) => attribution));
  return (
    <div className="flex flex-col gap-4">
      <p className="text-xs text-muted">
        Row {cell.row + 1}, column {cell.column + 1}: {formatInteger(cell.count)} activations
      </p>
      <div className="grid grid-cols-2 gap-2">
        <SheetTile url={icons} size={size} at={cell} caption="Icon" />
        <SheetTile url={examples} size={size} at={cell} caption="Parts of its images" />
      </div>
      {classes.length > 0 && (
        <section>
          <h3 className="mb-1 text-xs text-muted">Classes it speaks for</h3>
          <ul className="flex flex-col gap-1">
            {classes.map(({ class: index, name, attribution }) => (
              <li key={index} className="relative flex justify-between gap-3 px-1.5 py-0.5">
                <span
                  aria-hidden
                  className="absolute inset-y-0 left-0 rounded bg-accent-soft"
                  style={{ width: `${(100 * attribution) / most}%` }}
                />
                <span className="relative min-w-0 truncate" title={name}>
                  {name}
                </span>
                <span className="relative tabular-nums">{formatValue(attribution)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3 className="mb-1 text-xs text-muted">Units that stand out, in deviations above their mean</h3>
        <ul className="grid grid-cols-2 gap-x-4">
          {cell.units.map(({ unit, above, mean }) => (
            <li key={unit} className="flex justify-between gap-2" title={`Mean ${formatValue(mean)}`}>
              <Link
                href={unitHref(model, { layer, channel: unit })}
                className="truncate font-mono text-xs leading-6 hover:text-accent hover:underline"
              >
                {layer}:{unit}
              </Link>
              <span className="tabular-nums">+{above.toFixed(1)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3 className="mb-1 text-xs text-muted">Its images, the most typical first</h3>
        <ul className="font-mono text-xs">
          {cell.examples.map(({ image, id, position }) => (
            <li key={`${image} ${position}`} className="truncate" title={`Position ${position}`}>
              {id}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
