'use client';
import { unwrap, type Run } from '@fovea/client';
import type { ImageActivationsResult } from '@fovea/experiments/schema';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { artifactsQuery, isActive, layersQuery, modelsQuery, runQuery } from '../api/queries.ts';
import { FiringUnits } from '../experiments/image-activations/firing-units.tsx';
import { Field } from '../form/field.tsx';
import { RunError } from './run-error.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ImageDrop } from './image-drop.tsx';
import { LayerChoice, startingLayers } from './layer-choice.tsx';
import { useSearchParams } from './search-params.ts';
import { uploadImage } from './upload-image.ts';
import { usualVectors } from './usual-vectors.ts';

/** Somebody waits for the answer. */
const PRIORITY = 100;

/** "Which units fire here?": an image, a model and layers, and what a run on them found. */
export function ImageSearch() {
  const [{ run }, setParams] = useSearchParams();
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <Panel title="Image">
        <ImageForm onQueued={({ id }) => void setParams({ run: id })} />
      </Panel>
      {run ? (
        <RunOnImage key={run} id={run} />
      ) : (
        <EmptyState icon={ImageUp} title="Which units fire here?">
          Choose an image: at each position of it you will see the units that are strongest there.
        </EmptyState>
      )}
    </div>
  );
}

function ImageForm({ onQueued }: { onQueued: (run: Run) => void }) {
  const [params, setParams] = useSearchParams();
  const models = useQuery(modelsQuery);
  const model = params.model ?? models.data?.[0]?.name ?? '';
  const layers = useQuery({ ...layersQuery(model), enabled: model !== '' });
  const [file, setFile] = useState<File | null>(null);
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  const chosen = wanted ?? startingLayers(layers.data ?? []);
  const ask = useMutation({
    mutationFn: async () => {
      const image = await uploadImage(file!);
      const input = { model, image, layers: [...chosen], usual: await usualVectors(model, chosen) };
      return unwrap(
        await api.POST('/runs', {
          body: { kind: 'image-activations', input, priority: PRIORITY, force: false },
        }),
      );
    },
    onSuccess: onQueued,
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <ImageDrop file={file} onChoose={setFile} />
      <Field label="Model">
        {(control) => (
          <Select
            {...control}
            value={model}
            onChange={(name) => {
              setWanted(null);
              void setParams({ model: name });
            }}
            options={(models.data ?? []).map(({ name }) => ({ value: name, label: name }))}
          />
        )}
      </Field>
      <LayerChoice layers={layers.data ?? []} chosen={chosen} onChange={setWanted} />
      {ask.isError && (
        <Notice tone="error" title="The image could not be looked at">
          {ask.error.message}
        </Notice>
      )}
      <Button type="submit" look="primary" disabled={!file || chosen.length === 0 || ask.isPending}>
        {ask.isPending ? 'Sending …' : 'Find the units'}
      </Button>
    </form>
  );
}

function RunOnImage({ id }: { id: string }) {
  const run = useQuery(runQuery(id));
  const hasEnded = run.data !== undefined && !isActive(run.data.status);
  const artifacts = useQuery({ ...artifactsQuery(id), enabled: hasEnded });
  if (run.isError) return <QueryError what="the run" error={run.error} onRetry={run.refetch} />;
  if (artifacts.isError)
    return <QueryError what="what the run found" error={artifacts.error} onRetry={artifacts.refetch} />;
  if (!run.data || !hasEnded) return <Waiting id={id} />;
  if (run.data.status !== 'succeeded' || run.data.model === null) return <RunError run={run.data} />;
  if (!artifacts.data) return <Skeleton className="h-96 rounded-lg" />;
  return (
    <Panel
      title="Units that fire"
      aside={
        <Link href={`/runs/${id}`} className="text-xs underline">
          The run
        </Link>
      }
    >
      <FiringUnits
        model={run.data.model}
        result={run.data.result as ImageActivationsResult}
        artifacts={artifacts.data}
      />
    </Panel>
  );
}

function Waiting({ id }: { id: string }) {
  return (
    <div className="relative">
      <Skeleton className="h-96 rounded-lg" />
      <p className="absolute inset-0 flex items-center justify-center">
        <output className="rounded-md border bg-surface px-3 py-2">
          The network is looking at it …{' '}
          <Link href={`/runs/${id}`} className="underline">
            The run
          </Link>
        </output>
      </p>
    </div>
  );
}
