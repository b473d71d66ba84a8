'use client';
import type { Preprocessing, Run } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { modelQuery } from '../api/queries.ts';
import { formatMoment } from '../format/time.ts';
import { preprocessingText } from '../models/preprocessing-text.ts';
import { DefinitionList, type Definition } from '../ui/definition-list.tsx';
import { Digest } from '../ui/digest.tsx';

/** What the result depends on, and where it was computed. */
export function Provenance({ run }: { run: Run }) {
  const model = useQuery({ ...modelQuery(run.model ?? ''), enabled: run.model !== null });
  // The name may mean another model by now; then its preprocessing is not this run's.
  const preprocessing = model.data?.digest === run.modelDigest ? model.data?.preprocessing : undefined;
  return <DefinitionList items={[...madeFrom(run, preprocessing), ...madeBy(run)]} />;
}

function madeFrom(run: Run, preprocessing: Preprocessing | undefined): Definition[] {
  const items: Definition[] = [{ term: 'Seed', value: run.seed }];
  if (run.model) {
    const link = (
      <Link href={`/models/${encodeURIComponent(run.model)}`} className="font-mono text-xs hover:underline">
        {run.model}
      </Link>
    );
    items.push({ term: 'Model', value: link });
  }
  if (run.modelDigest)
    items.push({ term: 'Model digest', value: <Digest value={run.modelDigest} what="Model digest" /> });
  if (preprocessing) items.push({ term: 'Preprocessing', value: preprocessingText(preprocessing) });
  if (run.datasetDigest) {
    items.push({ term: 'Dataset digest', value: <Digest value={run.datasetDigest} what="Dataset digest" /> });
  }
  return items;
}

function madeBy(run: Run): Definition[] {
  const items: Definition[] = [
    { term: 'Code version', value: <code className="font-mono text-xs break-all">{run.codeVersion}</code> },
    { term: 'Backend', value: run.backend ?? '–' },
    { term: 'Attempt', value: run.attempt },
    { term: 'Created', value: formatMoment(run.createdAt) },
  ];
  if (run.startedAt) items.push({ term: 'Started', value: formatMoment(run.startedAt) });
  if (run.finishedAt) items.push({ term: 'Finished', value: formatMoment(run.finishedAt) });
  items.push({ term: 'Run hash', value: <Digest value={run.hash} what="Run hash" /> });
  return items;
}
