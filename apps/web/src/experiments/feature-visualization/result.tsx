'use client';
import type { FeatureVisualizationResult as Result } from '@fovea/experiments/schema';
import { formatValue } from '../../format/number.ts';
import { Picture } from '../../runs/picture.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { ResultProps } from '../kind-view.ts';
import { Formation } from './formation.tsx';

export function FeatureVisualizationResult({ run, artifacts, previews }: ResultProps) {
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  const isFinal = (name: string) => result?.images.includes(name) ?? false;
  const finals = artifacts.filter(({ name }) => isFinal(name));
  const others = artifacts.filter(({ name, mediaType }) => mediaType === 'image/png' && !isFinal(name));
  return (
    <div className="flex flex-col gap-4">
      <Formation run={run} previews={previews} finals={finals} />
      {others.length > 0 && (
        <ul aria-label="More pictures" className="flex gap-3 overflow-x-auto">
          {others.map(({ id, name, url }) => (
            <li key={id} className="w-28 shrink-0 text-xs text-muted">
              <Picture url={url} alt={name} className="mb-1 size-28" />
              <span className="block truncate">{name}</span>
            </li>
          ))}
        </ul>
      )}
      {result && <Outcome result={result} />}
    </div>
  );
}

function Outcome({ result }: { result: Result }) {
  return (
    <>
      {result.diagnosis.findings.map(({ code, severity, message }) => (
        <Notice
          key={code}
          tone={severity === 'problem' ? 'warning' : 'info'}
          title={severity === 'problem' ? 'The picture may not show what the unit detects' : 'Keep in mind'}
        >
          {message}
        </Notice>
      ))}
      <DefinitionList
        items={[
          { term: 'Objective before', value: formatValue(result.objective.first) },
          { term: 'Objective after', value: formatValue(result.objective.last) },
          { term: 'Best on the way', value: formatValue(result.objective.best) },
        ]}
      />
    </>
  );
}
