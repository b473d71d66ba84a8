'use client';
import type { LayerDetail } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Tabs } from 'radix-ui';
import { hasUnits } from '../models/layer-facts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { layerHref } from './addresses.ts';
import { useGridParams } from './grid-params.ts';
import { LayerEvidencePanels } from './layer-evidence-panels.tsx';
import { LayerFactsPanel } from './layer-facts-panel.tsx';
import { LayerUnits } from './layer-units.tsx';
import { layerQuery } from './queries.ts';

interface LayerPageProps {
  model: string;
  name: string;
}

export function LayerPage({ model, name }: LayerPageProps) {
  const layer = useQuery(layerQuery(model, name));
  return (
    <>
      <PageHeading
        title={
          <>
            <Link
              href={`/models/${encodeURIComponent(model)}`}
              className="font-mono font-normal text-muted hover:text-accent hover:underline"
            >
              {model}
            </Link>
            <span className="font-normal text-muted"> / </span>
            <span className="font-mono break-all">{name}</span>
          </>
        }
        actions={layer.data && <Neighbours model={model} layer={layer.data} />}
      />
      {layer.isError && <QueryError what="this layer" error={layer.error} onRetry={layer.refetch} />}
      {layer.data && !hasUnits(layer.data) ? (
        <WithoutUnits model={model} layer={layer.data} />
      ) : (
        !layer.isError && <Views model={model} name={name} layer={layer.data} />
      )}
    </>
  );
}

interface ViewsProps extends LayerPageProps {
  /** Undefined until it is loaded. */
  layer: LayerDetail | undefined;
}

const tab =
  'h-9 border-b-2 border-transparent px-1 text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink';

function Views({ model, name, layer }: ViewsProps) {
  const [{ view }, setParams] = useGridParams();
  return (
    <Tabs.Root value={view} onValueChange={(next) => void setParams({ view: next as typeof view })}>
      <Tabs.List aria-label="What to see of the layer" className="mb-2 flex gap-5 border-b">
        <Tabs.Trigger value="units" className={tab}>
          Units
        </Tabs.Trigger>
        <Tabs.Trigger value="layer" className={tab}>
          The layer as a whole
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="units" className="outline-none">
        <LayerUnits model={model} name={name} layer={layer} />
      </Tabs.Content>
      <Tabs.Content value="layer" className="pt-2 outline-none">
        {layer ? (
          <LayerEvidencePanels model={model} layer={layer} />
        ) : (
          <Skeleton className="h-96 rounded-lg" />
        )}
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** Steps to the layers before and after, in the order of computation. */
function Neighbours({ model, layer }: { model: string; layer: LayerDetail }) {
  return (
    <>
      {layer.previous && (
        <Button asChild title={layer.previous}>
          <Link href={layerHref(model, layer.previous)} rel="prev">
            <ChevronLeft aria-hidden />
            Previous layer
          </Link>
        </Button>
      )}
      {layer.next && (
        <Button asChild title={layer.next}>
          <Link href={layerHref(model, layer.next)} rel="next">
            Next layer
            <ChevronRight aria-hidden />
          </Link>
        </Button>
      )}
    </>
  );
}

function WithoutUnits({ model, layer }: { model: string; layer: LayerDetail }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="info" title="This layer has no units">
        Its values count {layer.axes.join(', ')}: there are no channels to make pictures of.
      </Notice>
      <Panel title="Layer">
        <LayerFactsPanel model={model} layer={layer} />
      </Panel>
    </div>
  );
}
