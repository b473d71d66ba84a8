'use client';
import type { Run } from '@fovea/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { useEffect } from 'react';
import { isProblem } from '../api/client.ts';
import { artifactsQuery, isActive, runQuery, timelineQuery } from '../api/queries.ts';
import { kindTitle } from '../experiments/kinds.ts';
import { viewOf } from '../experiments/registry.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { ArtifactList } from './artifact-list.tsx';
import { CurvesPanel, hasCurves } from './curves-panel.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { ParameterList } from './parameter-list.tsx';
import { Provenance } from './provenance.tsx';
import { RunActions } from './run-actions.tsx';
import { RunLog } from './run-log.tsx';
import { RunPageSkeleton } from './run-page-skeleton.tsx';
import { RunProgress } from './run-progress.tsx';
import { ShardsPanel } from './shards-panel.tsx';
import { StatusBadge } from './status.tsx';
import { subjectOf } from './subject.ts';
import { emptyTimeline } from './timeline.ts';

export function RunPage({ id }: { id: string }) {
  const run = useQuery(runQuery(id));
  if (run.data) return <LoadedRun run={run.data} />;
  if (run.isPending) return <RunPageSkeleton />;
  if (isProblem(run.error, 404) || isProblem(run.error, 400) || isProblem(run.error, 422))
    return <NoSuchRun id={id} />;
  return <QueryError what="this run" error={run.error} onRetry={run.refetch} />;
}

function LoadedRun({ run }: { run: Run }) {
  const queries = useQueryClient();
  const active = isActive(run.status);
  const { data: timeline = emptyTimeline } = useQuery(timelineQuery(run.id, active));
  const artifacts = useQuery(artifactsQuery(run.id));
  const { Result, hasLoss = false } = viewOf(run.kind) ?? {};

  // What the events announce is in the row and in the list of artifacts.
  const statusChanges = timeline.log.filter(({ level }) => level === 'status').length;
  useEffect(() => {
    if (statusChanges + timeline.artifacts > 0)
      void queries.invalidateQueries({ queryKey: ['runs', 'one', run.id] });
  }, [queries, run.id, statusChanges, timeline.artifacts]);

  return (
    <>
      <title>{`${subjectOf(run)} · Fovea`}</title>
      <PageHeading
        title={<RunTitle run={run} />}
        summary={<Subtitle run={run} />}
        actions={<RunActions run={run} />}
      />
      {run.error && run.status === 'failed' && <FailureNotice error={run.error} />}
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex flex-col gap-4">
          <Panel title="Progress">
            <RunProgress run={run} timeline={timeline} />
          </Panel>
          {run.shards.length > 0 && <ShardsPanel shards={run.shards} />}
          <Panel title="Result">
            {Result && <Result run={run} artifacts={artifacts.data ?? []} previews={timeline.previews} />}
          </Panel>
          <Panel title="Log">
            <RunLog lines={timeline.log} />
          </Panel>
        </div>
        <div className="flex flex-col gap-4">
          {(hasLoss || hasCurves(timeline)) && <CurvesPanel timeline={timeline} total={run.total} />}
          <Panel title="Artifacts">
            {artifacts.isError ? (
              <QueryError what="the artifacts" error={artifacts.error} onRetry={artifacts.refetch} />
            ) : (
              <ArtifactList artifacts={artifacts.data} />
            )}
          </Panel>
          <Panel
            title="Parameters"
            aside={<CopyButton what="Parameters" text={() => JSON.stringify(run.input, null, 2)} />}
          >
            <ParameterList kind={run.kind} input={run.input} />
          </Panel>
          <Panel title="Provenance">
            <Provenance run={run} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function RunTitle({ run }: { run: Run }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className={run.title ? undefined : 'font-mono'}>{subjectOf(run)}</span>
      <StatusBadge status={run.status} />
    </span>
  );
}

function Subtitle({ run }: { run: Run }) {
  return (
    <p>
      {kindTitle(run.kind)}
      {run.model && (
        <>
          {' of '}
          <Link
            href={`/models/${encodeURIComponent(run.model)}`}
            className="font-mono text-xs hover:underline"
          >
            {run.model}
          </Link>
        </>
      )}
      {run.flowRunId && (
        <>
          {', a part of '}
          <Link href={`/runs/${run.flowRunId}`} className="underline">
            another run
          </Link>
        </>
      )}
      {run.parentRunId && (
        <>
          {', made from '}
          <Link href={`/runs/${run.parentRunId}`} className="underline">
            another run
          </Link>
        </>
      )}
    </p>
  );
}

function NoSuchRun({ id }: { id: string }) {
  return (
    <>
      <h1 className="sr-only">No such run</h1>
      <EmptyState
        icon={SearchX}
        title="There is no such run"
        action={
          <Button asChild>
            <Link href="/runs">All runs</Link>
          </Button>
        }
      >
        Nothing is stored under <code className="font-mono text-xs break-all">{id}</code>.
      </EmptyState>
    </>
  );
}
