'use client';
import type { LayerDetail, UnitList, UnitSummary } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import { formatValue } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { likeChannel, likeKey, withCorrelations } from './alike.ts';
import { arrangeUnits, findColumn } from './arrange-units.ts';
import { branchColor } from './branch-colors.ts';
import { GridSkeleton } from './grid-skeleton.tsx';
import { DEFAULT_SIZE, directionOf, GridToolbar } from './grid-toolbar.tsx';
import { NO_GRID_FILTERS, useGridParams } from './grid-params.ts';
import { LayerFactsPanel } from './layer-facts-panel.tsx';
import { correlationsQuery, layerUnitsQuery } from './queries.ts';
import { UnitGrid, type UnitGridHandle, type UnitLook } from './unit-grid.tsx';
import { UnitInspector } from './unit-inspector.tsx';
import { usePictures } from './use-pictures.ts';

interface LayerUnitsProps {
  model: string;
  name: string;
  /** Undefined until it is loaded. */
  layer: LayerDetail | undefined;
}

/** The units of a layer, and beside them the one that is pointed at. */
export function LayerUnits({ model, name, layer }: LayerUnitsProps) {
  const units = useQuery(layerUnitsQuery(model, name));
  if (units.isError) return <QueryError what="the units" error={units.error} onRetry={units.refetch} />;
  if (!units.data || !layer) return <GridSkeleton />;
  return <LoadedUnits key={name} model={model} layer={layer} known={units.data} />;
}

interface LoadedUnitsProps {
  model: string;
  layer: LayerDetail;
  known: UnitList;
}

function LoadedUnits({ model, layer, known }: LoadedUnitsProps) {
  const [params, setParams] = useGridParams();
  const [pointed, setPointed] = useState<UnitSummary>();
  const grid = useRef<UnitGridHandle>(null);
  const list = useWithCorrelations(model, layer.name, known, params.sort);
  const { sort, tag, branch, range } = params;
  const direction = directionOf(params, list);
  const units = useMemo(
    () => arrangeUnits(list, { sort, direction, tag, branch, range }),
    [list, sort, direction, tag, branch, range],
  );
  const pictures = usePictures(model, layer.name, params.pictures);
  const look = useMemo(() => lookOf(list, layer, sort, pictures.urlOf), [list, layer, sort, pictures.urlOf]);
  const point = useCallback((unit: UnitSummary) => setPointed(unit), []);
  const shown = pointed ?? units[0];
  const like = likeChannel(sort) ?? shown?.channel;

  function goTo(channel: number) {
    const index = units.findIndex((unit) => unit.channel === channel);
    if (index >= 0) grid.current?.focusTile(index);
    else toast.error(`Channel ${channel} is not among the units that are shown`);
  }

  return (
    <div className="grid grid-cols-1 items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        <GridToolbar
          {...{ layer, params, direction }}
          list={known}
          shown={units.length}
          onChange={(changes) => void setParams(changes)}
          moreOrders={
            like === undefined ? [] : [{ value: likeKey(like), label: `Fires like channel ${like}` }]
          }
          pictureOptions={pictures.options}
          onGoTo={goTo}
        />
        {units.length === 0 ? (
          <EmptyState
            icon={SearchX}
            title="No unit matches these filters"
            action={<Button onClick={() => void setParams(NO_GRID_FILTERS)}>Clear the filters</Button>}
          />
        ) : (
          <UnitGrid
            handle={grid}
            model={model}
            layer={layer.name}
            units={units}
            size={params.size ?? DEFAULT_SIZE}
            look={look}
            onPoint={point}
          />
        )}
      </div>
      <aside
        aria-label="Unit and layer"
        className="flex flex-col gap-4 max-lg:hidden lg:sticky lg:top-17 lg:max-h-[calc(100vh-5rem)] lg:overflow-y-auto"
      >
        <Panel title="Unit">
          <UnitInspector
            model={model}
            layer={layer.name}
            unit={shown}
            url={shown && pictures.urlOf(shown)}
            columns={known.measures}
            onSortByLikeness={(channel) => void setParams({ sort: likeKey(channel), direction: null })}
          />
        </Panel>
        <Panel title="Layer">
          <LayerFactsPanel model={model} layer={layer} />
        </Panel>
      </aside>
    </div>
  );
}

/** With a column for how much the units fire like one, where they are to be sorted by that. */
function useWithCorrelations(model: string, layer: string, list: UnitList, sort: string): UnitList {
  const channel = likeChannel(sort);
  const { data } = useQuery(correlationsQuery(model, layer, channel));
  return useMemo(
    () =>
      channel !== null && data?.correlations ? withCorrelations(list, channel, data.correlations) : list,
    [list, channel, data],
  );
}

function lookOf(
  { measures }: UnitList,
  { branches }: LayerDetail,
  sort: string,
  url: UnitLook['url'],
): UnitLook {
  const column = findColumn(measures, sort);
  const colors = new Map(branches.map(({ name }, index) => [name, branchColor(index)]));
  return {
    url,
    value({ values }) {
      const value = values[column] ?? null;
      return value === null ? null : formatValue(Number(value.toPrecision(3)));
    },
    branchColor: ({ branch }) => (branch === null ? null : (colors.get(branch) ?? null)),
  };
}
