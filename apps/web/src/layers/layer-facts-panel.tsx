'use client';
import type { LayerDetail } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { modelQuery } from '../api/queries.ts';
import { atlasHref } from '../atlas/atlas-href.ts';
import { formatInteger, formatValue } from '../format/number.ts';
import { ReceptiveFieldDrawing } from '../models/graph/receptive-field-drawing.tsx';
import { axesText, shapeText } from '../models/layer-facts.ts';
import { DefinitionList, type Definition } from '../ui/definition-list.tsx';
import { layerHref } from './addresses.ts';

/** What is known of a layer without running it. */
export function LayerFactsPanel({ model, layer }: { model: string; layer: LayerDetail }) {
  const { data } = useQuery(modelQuery(model));
  return (
    <div className="flex flex-col gap-4">
      <DefinitionList items={factsOf(model, layer)} />
      {data && <ReceptiveFieldDrawing layer={layer} input={data.preprocessing} />}
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
        <Link
          href={`/runs?${new URLSearchParams({ model, search: layer.name })}`}
          className="text-accent hover:underline"
        >
          Runs on this layer
        </Link>
        {layer.evidence.some(({ kind }) => kind === 'activation-atlas') && (
          <Link href={atlasHref(model, layer.name)} className="text-accent hover:underline">
            Activation atlas
          </Link>
        )}
      </p>
    </div>
  );
}

function factsOf(model: string, layer: LayerDetail): Definition[] {
  const { kind, parameters, receptiveField, sources } = layer;
  return [
    { term: 'Kind', value: kind },
    { term: 'Shape', value: <span title={axesText(layer)}>{shapeText(layer)}</span> },
    { term: 'Parameters', value: formatInteger(parameters) },
    ...(receptiveField
      ? [
          {
            term: 'Receptive field',
            value: `${formatValue(receptiveField.size)} px, every ${formatValue(receptiveField.stride)} px`,
          },
        ]
      : []),
    {
      term: 'Computed from',
      value: (
        <ul>
          {sources.map((source) => (
            <li key={source} className="font-mono text-xs break-all">
              <Link href={layerHref(model, source)} className="hover:text-accent hover:underline">
                {source}
              </Link>
            </li>
          ))}
        </ul>
      ),
    },
  ];
}
