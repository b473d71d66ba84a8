'use client';
import type { Model } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { layersQuery, modelQuery } from '../api/queries.ts';
import { formatBytes, formatInteger } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';
import { IndexButton } from '../indexing/index-button.tsx';
import { ModelIndexPanel } from '../indexing/model-index-panel.tsx';
import { Button } from '../ui/button.tsx';
import { DefinitionList, type Definition } from '../ui/definition-list.tsx';
import { Digest } from '../ui/digest.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { LayerTable } from './layer-table.tsx';
import { preprocessingText, resizingText } from './preprocessing-text.ts';
import { SelfTestPanel } from './self-test.tsx';

export function ModelPage({ name }: { name: string }) {
  const model = useQuery(modelQuery(name));
  const layers = useQuery(layersQuery(name));
  if (model.isError) {
    return (
      <>
        <PageHeading title={<span className="font-mono">{name}</span>} />
        <QueryError what="this model" error={model.error} onRetry={model.refetch} />
      </>
    );
  }
  return (
    <>
      <PageHeading
        title={<span className="font-mono">{name}</span>}
        summary={model.data ? `Architecture ${model.data.architecture}` : <Skeleton className="h-5 w-48" />}
        actions={
          <>
            <Button asChild>
              <Link href={`/runs?model=${encodeURIComponent(name)}`}>Runs of this model</Link>
            </Button>
            <IndexButton model={name} />
          </>
        }
      />
      <GraphPanel model={name} layers={layers.data} input={model.data?.preprocessing} />
      <div className="mt-4 grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel
          title="Layers"
          aside={
            layers.data && <span className="text-xs text-muted">{formatInteger(layers.data.length)}</span>
          }
        >
          {layers.isPending && <Skeleton className="h-96" />}
          {layers.isError && <QueryError what="the layers" error={layers.error} onRetry={layers.refetch} />}
          {layers.data && <LayerTable model={name} layers={layers.data} />}
        </Panel>
        <div className="flex flex-col gap-4 max-lg:order-first">
          <ModelIndexPanel model={name} />
          {model.data ? <Facts model={model.data} /> : <Skeleton className="h-96 rounded-lg" />}
        </div>
      </div>
    </>
  );
}

function Facts({ model }: { model: Model }) {
  return (
    <>
      <SelfTestPanel result={model.selfTest} />
      <Panel title="Preprocessing">
        <DefinitionList items={preprocessingFacts(model)} />
        <p className="mt-3 text-xs text-muted">
          A picture in [0, 1] is multiplied by the scale; then the mean is subtracted and the deviation
          divided by, per channel.
        </p>
      </Panel>
      <Panel title="Checkpoint">
        <DefinitionList items={checkpointFacts(model)} />
      </Panel>
      {model.classes.length > 0 && (
        <Panel
          title="Classes"
          aside={<span className="text-xs text-muted">{formatInteger(model.classes.length)}</span>}
        >
          {/* Scrolls, so the keyboard must reach it. */}
          <ol
            aria-label="Classes"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            start={0}
            className="max-h-56 list-inside list-decimal overflow-y-auto text-xs marker:text-muted"
          >
            {model.classes.map((name, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a class is its index; names repeat
              <li key={index}>{name}</li>
            ))}
          </ol>
        </Panel>
      )}
    </>
  );
}

function preprocessingFacts({ preprocessing }: Model): Definition[] {
  return [
    { term: 'Reads', value: preprocessingText(preprocessing) },
    { term: 'Resizing', value: resizingText(preprocessing) },
    { term: 'Scale', value: preprocessing.scale },
    { term: 'Mean', value: preprocessing.mean.join(', ') },
    { term: 'Deviation', value: preprocessing.std.join(', ') },
  ];
}

function checkpointFacts({
  parameters,
  checkpoint,
  digest,
  source,
  license,
  createdAt,
}: Model): Definition[] {
  return [
    { term: 'Parameters', value: formatInteger(parameters) },
    { term: 'Size', value: `${formatBytes(checkpoint.bytes)}, ${checkpoint.format}` },
    { term: 'Model digest', value: <Digest value={digest} what="Model digest" /> },
    { term: 'Weights', value: <Digest value={checkpoint.sha256} what="Checkpoint digest" /> },
    { term: 'Source', value: source ?? '–' },
    { term: 'License', value: license ?? '–' },
    { term: 'Registered', value: formatMoment(createdAt) },
  ];
}
