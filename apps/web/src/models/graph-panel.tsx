'use client';
import type { Layer } from '@fovea/client';
import { parseAsString, useQueryState } from 'nuqs';
import { Panel } from '../ui/panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LayerDetails } from './graph/layer-details.tsx';
import { LazyModelGraph } from './graph/lazy-model-graph.tsx';

interface GraphPanelProps {
  model: string;
  /** Undefined until they are loaded. */
  layers: readonly Layer[] | undefined;
  /** In pixels. */
  input: { readonly width: number; readonly height: number } | undefined;
}

/** The graph of a model beside the facts of the layer that is chosen in it, which the address names. */
export function GraphPanel({ model, layers, input }: GraphPanelProps) {
  const [selected, setSelected] = useQueryState('layer', parseAsString);
  const layer = layers?.find(({ name }) => name === selected);
  const select = ({ name }: Layer) => void setSelected(name);
  return (
    <Panel title="Graph" flush>
      <div className="grid grid-cols-1 lg:h-[min(44rem,80vh)] lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="h-112 min-h-0 lg:h-auto">
          {layers ? (
            <LazyModelGraph
              layers={layers}
              selected={layer?.name ?? null}
              onSelect={select}
              className="h-full"
            />
          ) : (
            <Skeleton className="size-full" />
          )}
        </div>
        <section
          aria-label="Chosen layer"
          className="min-h-0 overflow-y-auto border-t p-4 lg:border-t-0 lg:border-l"
        >
          {layers && layer ? (
            <LayerDetails model={model} layer={layer} layers={layers} input={input} onSelect={select} />
          ) : (
            <p className="text-muted">
              {layers && selected
                ? `This model has no layer called ${selected}.`
                : 'Choose a layer to see its shape, its receptive field and its neighbours.'}
            </p>
          )}
        </section>
      </div>
    </Panel>
  );
}
