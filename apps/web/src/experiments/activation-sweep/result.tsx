'use client';
import type { ActivationSweepInput, ActivationSweepResult as Result } from '@fovea/experiments/schema';
import Link from 'next/link';
import { formatInteger } from '../../format/number.ts';
import { layerHref } from '../../layers/addresses.ts';
import { DefinitionList } from '../../ui/definition-list.tsx';
import type { ResultProps } from '../kind-view.ts';

/** What was swept, and the way to the layers whose pages show what was found. */
export function ActivationSweepResult({ run }: ResultProps) {
  const { model, shard } = run.input as ActivationSweepInput;
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  if (!result) return <p className="text-muted">Its layers and units are told of when it is finished.</p>;
  return (
    <div className="flex flex-col gap-4">
      <DefinitionList
        items={[
          { term: 'Images', value: formatInteger(result.images) },
          { term: 'Split', value: result.split },
        ]}
      />
      {shard ? (
        <p className="text-muted">
          What this shard gathered is merged by the run of which it is a part: look at the units there.
        </p>
      ) : (
        <LayerTable model={model} layers={result.layers} />
      )}
    </div>
  );
}

function LayerTable({ model, layers }: { model: string; layers: Result['layers'] }) {
  return (
    <table className="w-full text-left">
      <thead className="text-xs text-muted">
        <tr>
          <th className="pb-1 font-normal">Layer</th>
          <th className="pb-1 text-right font-normal">Units</th>
          <th className="pb-1 text-right font-normal" title="Above zero on no image">
            Dead
          </th>
        </tr>
      </thead>
      <tbody>
        {layers.map(({ layer, tokens, units, dead }) => (
          <tr key={`${layer} ${tokens}`} className="border-t">
            <td className="py-1.5">
              <Link className="font-mono text-xs hover:underline" href={layerHref(model, layer)}>
                {layer}
              </Link>
              {tokens !== 'all' && <span className="text-muted"> {tokensText[tokens]}</span>}
            </td>
            <td className="py-1.5 text-right tabular-nums">{formatInteger(units)}</td>
            <td className="py-1.5 text-right tabular-nums">{formatInteger(dead)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const tokensText = { class: 'class token', extra: 'other special tokens', patches: 'patches' } as const;
