'use client';
import type { LayerDetail, LayerEvidence } from '@fovea/client';
import { layerActivations, layerSparsityEvidence, layerWeights } from '@fovea/experiments/schema';
import { Globe, Telescope } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { atlasHref } from '../atlas/atlas-href.ts';
import { kindTitle } from '../experiments/kinds.ts';
import { BandingGrid } from '../experiments/unit-weights/banding-grid.tsx';
import { DistributionCharts } from '../experiments/weight-sparsity/distribution-charts.tsx';
import { formatInteger } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';
import { Picture } from '../runs/picture.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { LayerFactsPanel } from './layer-facts-panel.tsx';

interface LayerEvidencePanelsProps {
  model: string;
  layer: LayerDetail;
}

/** What runs found out about a layer as a whole, beside what is known without any. */
export function LayerEvidencePanels({ model, layer }: LayerEvidencePanelsProps) {
  const { evidence } = layer;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        {evidence.length === 0 && (
          <EmptyState
            icon={Telescope}
            title="No run has looked at this layer yet"
            action={
              <Button asChild>
                <Link href={`/models/${encodeURIComponent(model)}`}>Index the model</Link>
              </Button>
            }
          />
        )}
        {evidence.map((one) => (
          <Finding key={`${one.kind} ${one.subject}`} evidence={one} model={model} layer={layer.name} />
        ))}
      </div>
      <div className="flex flex-col gap-4 max-lg:order-first">
        <Panel title="Layer">
          <LayerFactsPanel model={model} layer={layer} />
        </Panel>
      </div>
    </div>
  );
}

interface FindingProps {
  evidence: LayerEvidence;
  model: string;
  layer: string;
}

/** How each kind of finding is shown; of others there is their run. */
const views: Readonly<Record<string, (props: FindingProps) => ReactNode>> = {
  deepdream: Dream,
  'activation-sweep': Swept,
  'activation-atlas': Atlas,
  'weight-sparsity': Sparsity,
  'unit-weights': Banding,
};

function Finding(props: FindingProps) {
  const { kind, subject, subjectName, runId, createdAt } = props.evidence;
  const View = views[kind];
  const about = subjectName ?? subject;
  return (
    <Panel
      title={`${kind === 'deepdream' ? 'DeepDream' : kindTitle(kind)}${about === '' ? '' : ` · ${about}`}`}
      aside={
        <Link href={`/runs/${runId}`} className="shrink-0 text-xs text-muted hover:text-ink hover:underline">
          {formatMoment(createdAt)}
        </Link>
      }
    >
      {View ? <View {...props} /> : <p className="text-muted">Its run has the details.</p>}
    </Panel>
  );
}

const dream = z.object({ pictures: z.array(z.string()) });

function Dream({ evidence: { data, artifacts }, layer }: FindingProps) {
  const names = dream.safeParse(data).data?.pictures ?? [];
  return (
    <div className="flex flex-wrap gap-2">
      {names.map((name) => (
        <Picture
          key={name}
          url={artifacts.find((artifact) => artifact.name === name)?.url}
          alt={`What excites ${layer} as a whole`}
          className="size-72"
        />
      ))}
    </div>
  );
}

function Swept({ evidence: { data } }: FindingProps) {
  const parsed = layerActivations.safeParse(data);
  if (!parsed.success) return null;
  const { dataset, split, images } = parsed.data;
  return (
    <p>
      {formatInteger(images)} images of{' '}
      <Link href={`/datasets/${encodeURIComponent(dataset)}`} className="font-mono text-xs hover:underline">
        {dataset}
      </Link>
      , split {split}. The pages of the units have their examples and statistics.
    </p>
  );
}

function Atlas({ model, layer }: FindingProps) {
  return (
    <Button asChild>
      <Link href={atlasHref(model, layer)}>
        <Globe aria-hidden />
        Open the atlas
      </Link>
    </Button>
  );
}

function Sparsity({ evidence: { data } }: FindingProps) {
  const parsed = layerSparsityEvidence.safeParse(data);
  const variant = parsed.data?.variants[0];
  return variant ? <DistributionCharts variant={variant} /> : null;
}

/** The banding view of the weights that come into the layer. */
function Banding({ evidence: { data, artifacts }, model, layer }: FindingProps) {
  const parsed = layerWeights.safeParse(data);
  if (!parsed.success) return null;
  const { from, to, factors, route } = parsed.data;
  const file = factors && artifacts.find(({ name }) => name === factors.artifact);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        From <span className="font-mono text-xs">{from}</span> to{' '}
        <span className="font-mono text-xs">{to}</span>
        {route === 'composed'
          ? ', composed from the weights of the operations between.'
          : ', as the gradient of the linearised network.'}
      </p>
      {file && to === layer && (
        <BandingGrid title={`Inputs from ${from}`} artifact={file} model={model} layer={layer} />
      )}
    </div>
  );
}
