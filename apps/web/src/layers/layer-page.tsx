'use client';
import type { LayerDetail } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { hasUnits } from '../models/layer-facts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { layerHref } from './addresses.ts';
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
        !layer.isError && <LayerUnits model={model} name={name} layer={layer.data} />
      )}
    </>
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
