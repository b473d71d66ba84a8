import type { EvidenceRun, Unit } from '@fovea/client';
import Link from 'next/link';
import { kindTitle } from '../experiments/kinds.ts';
import { formatMoment } from '../format/time.ts';
import { DefinitionList, type Definition } from '../ui/definition-list.tsx';
import { Digest } from '../ui/digest.tsx';

/** For each run that something on the page comes from: what it was made of. */
export function EvidenceProvenance({ unit }: { unit: Unit }) {
  if (unit.runs.length === 0)
    return <p className="text-muted">No run has found anything out about this unit.</p>;
  return (
    <ul className="flex flex-col gap-4">
      {unit.runs.map((run) => (
        <li key={run.id}>
          <h3 className="mb-1.5 font-medium">
            <Link href={`/runs/${run.id}`} className="hover:underline">
              {kindTitle(run.kind)}
            </Link>
          </h3>
          <DefinitionList className="text-xs" items={factsOf(run, unit)} />
        </li>
      ))}
    </ul>
  );
}

function factsOf(run: EvidenceRun, { evidence, modelDigest }: Unit): Definition[] {
  const ofRun = evidence.filter(({ runId }) => runId === run.id);
  const dataset = ofRun.find(({ subject }) => subject === run.datasetDigest)?.subjectName;
  const items: Definition[] = [];
  if (run.modelDigest)
    items.push({ term: 'Model', value: <Digest value={run.modelDigest} what="Model digest" /> });
  if (run.modelDigest !== modelDigest) items.push({ term: '', value: 'The name means another model by now' });
  if (run.datasetDigest)
    items.push({
      term: 'Dataset',
      value: (
        <span className="inline-flex flex-wrap gap-x-2">
          {dataset}
          <Digest value={run.datasetDigest} what="Dataset digest" />
        </span>
      ),
    });
  items.push(
    { term: 'Seed', value: run.seed },
    { term: 'Code', value: <code className="font-mono break-all">{run.codeVersion}</code> },
  );
  if (run.backend) items.push({ term: 'Backend', value: run.backend });
  if (run.finishedAt) items.push({ term: 'Finished', value: formatMoment(run.finishedAt) });
  return items;
}
