import type { Layer } from '@fovea/client';
import { FlaskConical, LayoutGrid } from 'lucide-react';
import Link from 'next/link';
import { formatInteger, formatValue } from '../../format/number.ts';
import { Button } from '../../ui/button.tsx';
import { layerHref } from '../../layers/addresses.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DefinitionList, type Definition } from '../../ui/definition-list.tsx';
import { axesText, hasUnits, newRunHref, shapeText } from '../layer-facts.ts';
import { ReceptiveFieldDrawing } from './receptive-field-drawing.tsx';

interface LayerDetailsProps {
  model: string;
  layer: Layer;
  layers: readonly Layer[];
  /** In pixels. */
  input: { readonly width: number; readonly height: number } | undefined;
  onSelect: (layer: Layer) => void;
}

export function LayerDetails({ model, layer, layers, input, onSelect }: LayerDetailsProps) {
  const targets = layers.filter(({ sources }) => sources.includes(layer.name)).map(({ name }) => name);
  const neighbours = { layers, onSelect };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start gap-1">
        <h3 className="min-w-0 flex-1 font-mono text-sm font-semibold break-words">{layer.name}</h3>
        <CopyButton text={layer.name} what="Name" />
      </div>
      <DefinitionList items={factsOf(layer)} />
      {input && <ReceptiveFieldDrawing layer={layer} input={input} />}
      <Neighbours title="Computed from" names={layer.sources} {...neighbours} />
      <Neighbours title="Goes into" names={targets} {...neighbours} />
      {hasUnits(layer) ? (
        <div className="flex flex-col gap-2">
          <Button asChild look="primary">
            <Link href={layerHref(model, layer.name)}>
              <LayoutGrid aria-hidden />
              See its units
            </Link>
          </Button>
          <Button asChild>
            <Link href={newRunHref(model, layer)}>
              <FlaskConical aria-hidden />
              Visualize a channel
            </Link>
          </Button>
        </div>
      ) : (
        <p className="text-xs text-muted">It has no channels, so no units to visualize.</p>
      )}
    </div>
  );
}

function factsOf(layer: Layer): Definition[] {
  const { kind, channels, parameters, receptiveField } = layer;
  const facts: Definition[] = [
    { term: 'Kind', value: kind },
    { term: 'Shape', value: shapeText(layer) },
    { term: 'Axes', value: axesText(layer) },
  ];
  if (hasUnits(layer)) facts.push({ term: 'Channels', value: formatInteger(channels) });
  facts.push({ term: 'Parameters', value: formatInteger(parameters) });
  if (receptiveField)
    facts.push(
      { term: 'Receptive field', value: `${formatValue(receptiveField.size)} px` },
      { term: 'Stride', value: `${formatValue(receptiveField.stride)} px` },
      { term: 'Offset', value: `${formatValue(receptiveField.offset)} px` },
    );
  return facts;
}

interface NeighboursProps {
  title: string;
  names: readonly string[];
  layers: readonly Layer[];
  onSelect: (layer: Layer) => void;
}

function Neighbours({ title, names, layers, onSelect }: NeighboursProps) {
  if (names.length === 0) return null;
  return (
    <div>
      <h4 className="text-muted">{title}</h4>
      <ul className="mt-1 flex flex-col items-start gap-0.5">
        {names.map((name) => {
          const layer = layers.find((other) => other.name === name);
          return (
            <li key={name} className="max-w-full font-mono text-xs break-words">
              {layer ? (
                <button
                  type="button"
                  className="rounded text-left break-all text-accent hover:underline"
                  onClick={() => onSelect(layer)}
                >
                  {name}
                </button>
              ) : (
                `${name} (input)`
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
