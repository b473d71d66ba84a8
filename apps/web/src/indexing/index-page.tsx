'use client';
import type { Index } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { kindTitle } from '../experiments/kinds.ts';
import { formatBytes, formatInteger, formatPercent } from '../format/number.ts';
import { formatDuration, formatMoment } from '../format/time.ts';
import { DefinitionList } from '../ui/definition-list.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { IndexActions } from './index-actions.tsx';
import { IndexStatusBadge } from './index-status.tsx';
import { partTitles } from './part-titles.ts';
import { ProgressTable } from './progress-table.tsx';
import { indexQuery } from './queries.ts';

export function IndexPage({ id }: { id: string }) {
  const { data: index, error, refetch } = useQuery(indexQuery(id));
  if (error)
    return (
      <>
        <PageHeading title="Index" />
        <QueryError what="this index" error={error} onRetry={refetch} />
      </>
    );
  if (!index)
    return (
      <>
        <PageHeading title="Index" summary={<Skeleton className="h-5 w-48" />} />
        <Skeleton className="h-96 rounded-lg" />
      </>
    );
  return (
    <>
      <PageHeading
        title={
          <span className="flex flex-wrap items-center gap-3">
            <span>
              Index of{' '}
              <Link
                href={`/models/${encodeURIComponent(index.model)}`}
                className="font-mono hover:text-accent hover:underline"
              >
                {index.model}
              </Link>
            </span>
            <IndexStatusBadge status={index.status} />
          </span>
        }
        summary={`Begun ${formatMoment(index.createdAt)}`}
        actions={<IndexActions index={index} />}
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Overall index={index} />
          <Panel title="Layers" flush>
            <ProgressTable model={index.model} groups={index.groups} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {index.failures.length > 0 && <Failures failures={index.failures} />}
          <Panel title="Settings">
            <SettingsList index={index} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Overall({ index }: { index: Index }) {
  const { share, pictures, runs, secondsLeft, status, bytes, estimate } = index;
  return (
    <Panel title="Progress">
      <div className="flex flex-col gap-3">
        <ProgressBar label="Index" value={share} total={1} valueText={formatPercent(share)} />
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
          <Figure term="Done" value={formatPercent(share)} />
          <Figure
            term="Pictures"
            value={`${formatInteger(pictures.done)} / ${formatInteger(pictures.total)}`}
          />
          {status === 'finished' && index.finishedAt ? (
            <Figure term="Took" value={durationOf(index.createdAt, index.finishedAt)} />
          ) : (
            <Figure
              term="Time left"
              value={secondsLeft === null ? '–' : `≈ ${formatDuration(secondsLeft * 1000)}`}
            />
          )}
          <Figure term="Stored" value={`${formatBytes(bytes)} of ≈ ${formatBytes(estimate.bytes)}`} />
        </dl>
        <p className="text-xs text-muted">
          Runs: {formatInteger(runs.running)} at work, {formatInteger(runs.queued)} queued,{' '}
          {formatInteger(runs.succeeded)} done
          {runs.failed > 0 && `, ${formatInteger(runs.failed)} failed`}
          {runs.cancelled > 0 && `, ${formatInteger(runs.cancelled)} stopped`}. Whoever opens the page of a
          unit has its pictures made first.
        </p>
      </div>
    </Panel>
  );
}

const durationOf = (from: string, to: string) => formatDuration(Date.parse(to) - Date.parse(from));

function Figure({ term, value }: { term: string; value: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="text-base font-medium">{value}</dd>
    </div>
  );
}

function Failures({ failures }: Pick<Index, 'failures'>) {
  return (
    <Panel
      title="Failures"
      aside={<span className="text-xs text-muted">{formatInteger(failures.length)}</span>}
    >
      <ul className="-my-1 divide-y">
        {failures.map(({ runId, kind, layer, error }) => (
          <li key={runId} className="py-2">
            <Link href={`/runs/${runId}`} className="hover:text-accent hover:underline">
              {kindTitle(kind)}
              {layer && <span className="font-mono text-xs"> {layer}</span>}
            </Link>
            {error && <p className="line-clamp-3 text-xs text-muted">{error.message}</p>}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-muted">Another index of this model makes what is missing.</p>
    </Panel>
  );
}

function SettingsList({ index: { settings, estimate, codeVersion } }: { index: Index }) {
  const {
    layers,
    parts: made,
    dataset,
    images,
    size,
    steps,
    objectives,
    signs,
    restarts,
    diversity,
    seed,
  } = settings;
  const layerText =
    layers === 'all' ? 'Every layer with units' : layers === 'interesting' ? 'Outputs of blocks' : undefined;
  return (
    <DefinitionList
      items={[
        {
          term: 'Layers',
          value: layerText ?? <span className="font-mono text-xs">{[layers].flat().join(', ')}</span>,
        },
        { term: 'Made', value: made?.map((part) => partTitles[part].title).join(', ') },
        ...(dataset
          ? [{ term: 'Dataset', value: `${dataset}, at most ${formatInteger(images ?? 0)} images` }]
          : []),
        { term: 'Objectives', value: objectives?.join(', ') },
        { term: 'Signs', value: signs?.map((sign) => (sign === 1 ? 'excites' : 'inhibits')).join(', ') },
        { term: 'Restarts', value: restarts },
        ...(diversity ? [{ term: 'Diverse', value: diversity }] : []),
        { term: 'Steps', value: steps },
        { term: 'Side', value: size ? `${size} px` : 'As the model reads, up to 128 px' },
        { term: 'Seed', value: seed },
        {
          term: 'Estimate',
          value: `${formatDuration(estimate.seconds * 1000)} on ${estimate.places} places`,
        },
        { term: 'Code', value: <span className="font-mono text-xs">{codeVersion}</span> },
      ]}
    />
  );
}
