'use client';
import type { ActivationAtlas, AtlasCell } from '@fovea/experiments/schema';
import { useState } from 'react';
import { Panel } from '../ui/panel.tsx';
import { Select } from '../ui/select.tsx';
import { pictures, useAtlasParams } from './atlas-params.ts';
import { CellDetails } from './cell-details.tsx';
import { cellAt } from './cells.ts';
import { LazyAtlasCanvas } from './lazy-atlas-canvas.tsx';

interface AtlasViewProps {
  model: string;
  layer: string;
  atlas: ActivationAtlas;
  /** Addresses of its sheets, by name. */
  urls: Readonly<Record<string, string>>;
}

const pictureTitles = { icons: 'Icons', examples: 'Images' };

/** The picture, and beside it the cell under the pointer or, if there is none, the chosen one. */
export function AtlasView({ model, layer, atlas, urls }: AtlasViewProps) {
  const [params, setParams] = useAtlasParams();
  const [hovered, setHovered] = useState<AtlasCell>();
  const grid = atlas.grids.find(({ size }) => size === params.grid) ?? atlas.grids[0]!;
  const { size, cells } = grid;
  const [icons, examples] = [urls[grid.icons]!, urls[grid.examples]!];
  const place =
    params.row === null || params.column === null ? null : { row: params.row, column: params.column };
  const cell = hovered ?? (place ? cellAt(cells, place) : undefined);
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div>
        <div className="mb-3 flex flex-wrap gap-2">
          <Select
            aria-label="Grid"
            value={String(size)}
            options={atlas.grids.map((each) => ({
              value: String(each.size),
              label: `${each.size}×${each.size} cells`,
              hint: `${each.cells.length} of them with enough activations`,
            }))}
            onChange={(value) => {
              setHovered(undefined);
              void setParams({ grid: Number(value), row: null, column: null });
            }}
          />
          <Select
            aria-label="Show"
            value={params.show}
            options={pictures.map((value) => ({ value, label: pictureTitles[value] }))}
            onChange={(value) => void setParams({ show: value as (typeof pictures)[number] })}
          />
        </div>
        <LazyAtlasCanvas
          key={icons}
          label={`Activation atlas of ${layer}: arrow keys choose a cell, plus and minus zoom, 0 shows all`}
          icons={icons}
          examples={examples}
          shown={params.show}
          size={size}
          cells={cells}
          selected={place}
          onHover={setHovered}
          onSelect={({ row, column }) => void setParams({ row, column })}
        />
      </div>
      <Panel title="Cell" className="lg:sticky lg:top-16">
        <div aria-live="polite">
          {cell ? (
            <CellDetails
              model={model}
              layer={layer}
              size={size}
              icons={icons}
              examples={examples}
              cell={cell}
            />
          ) : (
            <p className="text-muted">Point at a cell to see what lies in it; click to keep it.</p>
          )}
        </div>
      </Panel>
    </div>
  );
}
