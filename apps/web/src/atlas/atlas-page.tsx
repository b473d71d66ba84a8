'use client';
import type { LayerDetail } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { Map as MapIcon } from 'lucide-react';
import Link from 'next/link';
import { formatInteger } from '../format/number.ts';
import { layerHref } from '../layers/addresses.ts';
import { layerQuery } from '../layers/queries.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useAtlasParams } from './atlas-params.ts';
import { atlasesOf, atlasQuery } from './atlas-query.ts';
import { AtlasView } from './atlas-view.tsx';

interface AtlasPageProps {
  model: string;
  layer: string;
}

export function AtlasPage({ model, layer }: AtlasPageProps) {
  const detail = useQuery(layerQuery(model, layer));
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
            <Link href={layerHref(model, layer)} className="font-mono hover:text-accent hover:underline">
              {layer}
            </Link>
            <span className="font-normal text-muted"> / </span>
            Activation atlas
          </>
        }
        summary="What the layer sees in many images, similar things beside each other. Each icon shows the mean activation of its cell."
      />
      {detail.isPending && <AtlasSkeleton />}
      {detail.isError && <QueryError what="this layer" error={detail.error} onRetry={detail.refetch} />}
      {detail.data && <Atlases model={model} layer={detail.data} />}
    </>
  );
}

function Atlases({ model, layer }: { model: string; layer: LayerDetail }) {
  const [params, setParams] = useAtlasParams();
  const atlases = atlasesOf(layer);
  const chosen = atlases.find(({ subject }) => subject === params.subject) ?? atlases[0];
  if (!chosen) return <NoAtlas model={model} layer={layer.name} />;
  return (
    <>
      {atlases.length > 1 && (
        <Select
          aria-label="Dataset"
          className="mb-3"
          value={chosen.subject}
          options={atlases.map(({ subject, subjectName }) => ({
            value: subject,
            label: subjectName ?? `dataset ${subject.slice(0, 8)}`,
          }))}
          onChange={(subject) => void setParams({ subject, row: null, column: null })}
        />
      )}
      <OneAtlas model={model} layer={layer.name} evidence={chosen} />
    </>
  );
}

interface OneAtlasProps extends AtlasPageProps {
  evidence: LayerDetail['evidence'][number];
}

function OneAtlas({ model, layer, evidence }: OneAtlasProps) {
  const atlas = useQuery(atlasQuery(evidence));
  if (atlas.isPending) return <AtlasSkeleton />;
  if (atlas.isError) return <QueryError what="this atlas" error={atlas.error} onRetry={atlas.refetch} />;
  const { samples, images, dataset } = atlas.data.atlas;
  return (
    <>
      <AtlasView model={model} layer={layer} {...atlas.data} />
      <p className="mt-3 text-xs text-muted">
        {formatInteger(samples)} activations of {formatInteger(images)} images of {dataset}, laid out by UMAP.{' '}
        <Link href={`/runs/${evidence.runId}`} className="underline">
          The run that made it
        </Link>
      </p>
    </>
  );
}

function NoAtlas({ model, layer }: AtlasPageProps) {
  const query = new URLSearchParams({ kind: 'activation-atlas', model, layer });
  return (
    <EmptyState
      icon={MapIcon}
      title="There is no atlas of this layer yet"
      action={
        <Button asChild look="primary">
          <Link href={`/runs/new?${query.toString()}`}>Make an atlas</Link>
        </Button>
      }
    >
      It takes a dataset of some hundred images or more, and some minutes to hours for the icons.
    </EmptyState>
  );
}

function AtlasSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Skeleton className="aspect-square max-h-[80vh] w-full" />
      <Skeleton className="h-96" />
    </div>
  );
}
