'use client';
import { useMemo } from 'react';
import { DefinitionList } from '../ui/definition-list.tsx';
import { parametersOf } from './parameters.ts';

/** Choices first: what was left at its default follows, in a quieter tone. */
export function ParameterList({ kind, input }: { kind: string; input: Readonly<Record<string, unknown>> }) {
  const parameters = useMemo(() => parametersOf(kind, input), [kind, input]);
  const chosen = parameters.filter(({ isDefault }) => !isDefault);
  const defaults = parameters.filter(({ isDefault }) => isDefault);
  return (
    <>
      <DefinitionList items={chosen.map(({ title, value }) => ({ term: title, value }))} />
      {defaults.length > 0 && (
        <details className="mt-3">
          <summary className="text-muted hover:text-ink">{defaults.length} at their defaults</summary>
          <DefinitionList
            className="mt-2"
            items={defaults.map(({ title, value }) => ({ term: title, value }))}
          />
        </details>
      )}
    </>
  );
}
