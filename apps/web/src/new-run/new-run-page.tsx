'use client';
import { findKindSchema, type KindSchema } from '@fovea/experiments/schema';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { ReactNode } from 'react';
import { modelsQuery, runQuery } from '../api/queries.ts';
import { kinds } from '../experiments/kinds.ts';
import { inputSchema } from '../runs/parameters.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { blankInput, randomSeed, type RunFormValues } from './form-values.ts';
import { FormSkeleton } from './form-skeleton.tsx';
import { RunForm } from './run-form.tsx';

const params = {
  /** The run to start from. */
  from: parseAsString,
  kind: parseAsStringLiteral(kinds.map(({ name }) => name)).withDefault('feature-visualization'),
  model: parseAsString,
  /** `layer:channel` */
  objective: parseAsString,
};

export function NewRunPage() {
  const [{ from, ...start }] = useQueryStates(params);
  return from ? <Duplicate id={from} /> : <Fresh {...start} />;
}

interface FreshProps {
  kind: string;
  model: string | null;
  objective: string | null;
}

function Fresh({ kind: kindName, model, objective }: FreshProps) {
  const models = useQuery(modelsQuery);
  const kind = findKindSchema(kindName)!;
  const given = { ...(model && { model }), ...(objective && { objective }) };
  if (models.isPending && !model)
    return (
      <Frame>
        <FormSkeleton />
      </Frame>
    );
  const [onlyModel] = models.data ?? [];
  const input = {
    ...blankInput(inputSchema(kind.name)!),
    ...(onlyModel && { model: onlyModel.name }),
    ...given,
  };
  return (
    <Frame>
      {models.isError && <QueryError what="the models" error={models.error} onRetry={models.refetch} />}
      <RunForm
        // Another address is another form, not other defaults for the one being filled in.
        key={JSON.stringify([kindName, given])}
        kind={kind}
        start={{ title: '', seed: randomSeed(), priority: 0, force: false, input }}
        parent={null}
      />
    </Frame>
  );
}

function Duplicate({ id }: { id: string }) {
  const run = useQuery({ ...runQuery(id), refetchInterval: false });
  if (run.isError) {
    return (
      <Frame>
        <QueryError what="the run to duplicate" error={run.error} onRetry={run.refetch} />
      </Frame>
    );
  }
  if (run.isPending)
    return (
      <Frame>
        <FormSkeleton />
      </Frame>
    );
  const { data } = run;
  const kind: KindSchema | undefined = findKindSchema(data.kind);
  if (!kind) {
    return (
      <Frame>
        <Notice tone="warning" title={`This version of Fovea has no experiments of the kind ${data.kind}`} />
      </Frame>
    );
  }
  const start: RunFormValues = {
    title: data.title ?? '',
    seed: data.seed,
    priority: data.priority,
    force: false,
    input: data.input,
  };
  return (
    <Frame>
      <RunForm key={id} kind={kind} start={start} parent={id} />
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeading title="New run" />
      {children}
    </>
  );
}
