'use client';
import type { LayerDetail, UnitList } from '@fovea/client';
import { ArrowDownWideNarrow, ArrowUpNarrowWide, X } from 'lucide-react';
import { useState } from 'react';
import { formatInteger } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Select, type SelectOption } from '../ui/select.tsx';
import { Slider } from '../ui/slider.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { columnKey, findColumn } from './arrange-units.ts';
import { branchColor } from './branch-colors.ts';
import { isGridFiltered, NO_GRID_FILTERS, type GridParams } from './grid-params.ts';
import { measureText, naturalDirection } from './measure-names.ts';
import { USUAL_PICTURES } from './picture-choice.ts';
import { RangeFilter } from './range-filter.tsx';

/** Of a picture, in pixels. */
export const SIZES = [40, 56, 72, 96, 128, 176];
export const DEFAULT_SIZE = 96;

/** Radix has no option for "none", so it gets a name that no tag can have. */
const ANY = '/';

interface GridToolbarProps {
  layer: LayerDetail;
  list: UnitList;
  /** How many units the filters leave. */
  shown: number;
  params: GridParams;
  direction: 'asc' | 'desc';
  onChange: (params: Partial<GridParams>) => void;
  /** More ways to sort than by channel and measures. */
  moreOrders: readonly SelectOption[];
  pictureOptions: readonly SelectOption[];
  onGoTo: (channel: number) => void;
}

export function GridToolbar(props: GridToolbarProps) {
  const { layer, list, shown, params, direction, onChange, moreOrders, pictureOptions, onGoTo } = props;
  const tags = [...new Set(list.items.flatMap((unit) => unit.tags))].toSorted();
  const orders = [
    { value: 'channel', label: 'Channel' },
    ...list.measures.map((column) => ({ value: columnKey(column), label: measureText(column) })),
    ...moreOrders,
  ];
  const column = list.measures[findColumn(list.measures, params.sort)];
  const order = column ? columnKey(column) : params.sort;
  const size = params.size ?? DEFAULT_SIZE;
  return (
    <search
      aria-label="Sort and filter the units"
      className="sticky top-13 z-20 -mx-1 mb-3 flex flex-wrap items-center gap-2 bg-canvas/95 px-1 py-2 max-sm:static"
    >
      <Select
        aria-label="Sort by"
        className="w-56 max-sm:flex-1"
        value={orders.some(({ value }) => value === order) ? order : 'channel'}
        onChange={(sort) => onChange({ sort, direction: null })}
        options={orders}
      />
      <Button
        size="icon"
        aria-label={direction === 'asc' ? 'Lowest first; turn around' : 'Highest first; turn around'}
        onClick={() => onChange({ direction: direction === 'asc' ? 'desc' : 'asc' })}
      >
        {direction === 'asc' ? <ArrowUpNarrowWide aria-hidden /> : <ArrowDownWideNarrow aria-hidden />}
      </Button>
      {tags.length > 0 && (
        <Select
          aria-label="Tag"
          className="w-40"
          value={params.tag ?? ANY}
          onChange={(tag) => onChange({ tag: tag === ANY ? null : tag })}
          options={[{ value: ANY, label: 'Any tag' }, ...tags.map((tag) => ({ value: tag, label: tag }))]}
        />
      )}
      {pictureOptions.length > 2 && (
        <Select
          aria-label="Pictures"
          className="w-44"
          value={params.pictures ?? USUAL_PICTURES}
          onChange={(pictures) => onChange({ pictures: pictures === USUAL_PICTURES ? null : pictures })}
          options={pictureOptions}
        />
      )}
      <RangeFilter columns={list.measures} ranges={params.range} onChange={(range) => onChange({ range })} />
      {isGridFiltered(params) && (
        <Button look="quiet" onClick={() => onChange(NO_GRID_FILTERS)}>
          <X aria-hidden />
          Clear
        </Button>
      )}
      <div className="ml-auto flex items-center gap-3">
        <output className="text-xs whitespace-nowrap text-muted">
          {shown === list.total
            ? `${formatInteger(list.total)} units`
            : `${formatInteger(shown)} of ${formatInteger(list.total)} units`}
        </output>
        <GoTo channels={layer.channels} onGoTo={onGoTo} />
        <div className="w-28 max-sm:hidden">
          <Slider
            label="Size of the pictures"
            value={Math.max(0, SIZES.indexOf(size))}
            max={SIZES.length - 1}
            onChange={(index) => onChange({ size: SIZES[index]! })}
            valueText={`${size} pixels`}
          />
        </div>
      </div>
      {layer.branches.length > 0 && (
        <BranchLegend layer={layer} chosen={params.branch} onChoose={(branch) => onChange({ branch })} />
      )}
    </search>
  );
}

function GoTo({ channels, onGoTo }: { channels: number; onGoTo: (channel: number) => void }) {
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '') onGoTo(Number(text));
      }}
    >
      <TextInput
        type="number"
        aria-label="Go to channel"
        placeholder="Go to …"
        className="w-24"
        min={0}
        max={channels - 1}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  );
}

interface BranchLegendProps {
  layer: LayerDetail;
  chosen: string | null;
  onChoose: (branch: string | null) => void;
}

/** The slices of a concatenation in their colours; one can be looked at alone. */
function BranchLegend({ layer, chosen, onChoose }: BranchLegendProps) {
  return (
    <ul aria-label="Branches" className="flex w-full gap-1 overflow-x-auto pb-0.5">
      {layer.branches.map(({ name, start, end }, index) => (
        <li key={name} className="shrink-0">
          <button
            type="button"
            aria-pressed={chosen === name}
            title={`Channels ${start} to ${end - 1}`}
            onClick={() => onChoose(chosen === name ? null : name)}
            className={classNames(
              'flex h-6 items-center gap-1.5 rounded px-1.5 text-xs text-muted hover:bg-sunken hover:text-ink',
              chosen === name && 'bg-accent-soft text-ink',
            )}
          >
            <span aria-hidden className="h-1 w-4 rounded-full" style={{ background: branchColor(index) }} />
            <span className="font-mono">{name}</span>
            <span>{formatInteger(end - start)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Of what the units are sorted by, unless the reader turned it around. */
export const directionOf = ({ sort, direction }: GridParams, list: UnitList): 'asc' | 'desc' =>
  direction ??
  (sort === 'channel'
    ? 'asc'
    : naturalDirection(list.measures[findColumn(list.measures, sort)]?.name ?? sort));
