'use client';
import type { ActivationSweepResult as Result } from '@fovea/experiments/schema';
import Link from 'next/link';
import { DefinitionList } from '../../ui/definition-list.tsx';
import type { ResultProps } from '../kind-view.ts';

export function ActivationSweepResult({ run }: ResultProps) {
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  if (!result) return null;
  return (
    <div className="flex flex-col gap-4">
      <DefinitionList
        items={[
          { term: 'Split', value: result.split },
          { term: 'Images', value: result.images.toLocaleString('en-GB') },
        ]}
      />
      {result.layers.length > 0 && run.model && <LayerList model={run.model} layers={result.layers} />}
    </div>
  );
}

function LayerList({ model, layers }: { model: string; layers: Result['layers'] }) {
  return (
    <table className="w-full text-left text-sm">
      <thead className="text-muted">
        <tr>
          <th className="py-1 font-medium">Layer</th>
          <th className="py-1 text-right font-medium">Units</th>
          <th className="py-1 text-right font-medium">Dead</th>
        </tr>
      </thead>
      <tbody>
        {layers.map(({ layer, tokens, units, dead }) => (
          <tr key={`${layer} ${tokens}`} className="border-t border-line">
            <td className="py-1">
              <Link className="underline" href={`/models/${model}/${encodeURIComponent(layer)}`}>
                {layer}
              </Link>
              {tokens !== 'all' && <span className="text-muted"> {tokensText[tokens]}</span>}
            </td>
            <td className="py-1 text-right tabular-nums">{units}</td>
            <td className="py-1 text-right tabular-nums">{dead}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const tokensText = { class: 'class token', extra: 'other special tokens', patches: 'patches' } as const;
