'use client';
import type { Artifact } from '@fovea/client';
import type { ImageActivationsResult, SemanticDictionary } from '@fovea/experiments/schema';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { formatValue } from '../../format/number.ts';
import { layerUnitsQuery } from '../../layers/queries.ts';
import { Picture } from '../../runs/picture.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { unitHref } from '../../units/unit-href.ts';
import { ImageGrid } from './image-grid.tsx';
import { dictionaryQuery, unitMapQuery } from './queries.ts';

type OfLayer = ImageActivationsResult['layers'][number];

interface FiringUnitsProps {
  model: string;
  result: ImageActivationsResult;
  artifacts: readonly Artifact[];
}

/** Which units fire where in an image: those of the position that is pointed at, and the strongest of all. */
export function FiringUnits({ model, result, artifacts }: FiringUnitsProps) {
  const [chosen, setChosen] = useState(0);
  const layer = result.layers[chosen] ?? result.layers[0];
  if (!layer) return null;
  return (
    <div className="@container flex flex-col gap-4">
      {result.layers.length > 1 && (
        <Select
          aria-label="Layer"
          className="w-full max-w-72"
          value={String(chosen)}
          onChange={(value) => setChosen(Number(value))}
          options={result.layers.map((one, index) => ({ value: String(index), label: layerText(one) }))}
        />
      )}
      <LayerActivity key={chosen} model={model} layer={layer} image={result.image} artifacts={artifacts} />
    </div>
  );
}

const layerText = ({ layer, tokens }: OfLayer) => (tokens === 'all' ? layer : `${layer}, ${tokens} token`);

interface LayerActivityProps {
  model: string;
  layer: OfLayer;
  /** Name of the artifact. */
  image: string;
  artifacts: readonly Artifact[];
}

function LayerActivity({ model, layer, image, artifacts }: LayerActivityProps) {
  const [position, setPosition] = useState(layer.firing[0]?.position ?? 0);
  const [mapped, setMapped] = useState<number | null>(null);
  const artifact = (name: string) => artifacts.find((one) => one.name === name);
  const dictionary = useQuery(dictionaryQuery(artifact(layer.dictionary)));
  const map = useQuery(unitMapQuery(artifact(layer.maps.artifact), layer.maps, mapped));
  const thumbnailOf = useThumbnails(model, layer.layer);
  const picture = artifact(image);
  return (
    <div className="grid grid-cols-1 items-start gap-5 @2xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        {picture ? (
          <ImageGrid
            url={picture.url}
            grid={layer.grid}
            position={position}
            onPoint={setPosition}
            map={mapped === null ? undefined : map.data}
          />
        ) : (
          <Skeleton className="aspect-square w-full" />
        )}
        {dictionary.data && (
          <AtPosition
            {...{ model, position, thumbnailOf }}
            layer={layer.layer}
            dictionary={dictionary.data}
            relative={layer.relative}
          />
        )}
      </div>
      <section aria-label="Strongest in the whole image">
        <h3 className="font-medium">Strongest in the whole image</h3>
        <p className="mt-0.5 mb-3 text-xs text-muted">
          {layer.relative
            ? 'Measured by what is usual for each unit: 1 is exceeded in one image of ten.'
            : 'By activation as it is: units that are always strong come first. Choose a sweep to measure by what is usual.'}{' '}
          Press a unit to see where it fires.
        </p>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(4.5rem,1fr))] gap-2">
          {layer.firing.map(({ channel, maximum, position: peak }) => (
            <li key={channel}>
              <button
                type="button"
                aria-pressed={mapped === channel}
                aria-label={`Unit ${channel}, ${formatValue(maximum)}`}
                onClick={() => {
                  setMapped(mapped === channel ? null : channel);
                  setPosition(peak);
                }}
                className={classNames(
                  'block w-full rounded-md p-0.5 text-left hover:bg-sunken',
                  mapped === channel && 'bg-accent-soft ring-2 ring-accent',
                )}
              >
                <Picture url={thumbnailOf(channel)} alt="" className="aspect-square w-full" />
                <span className="flex justify-between px-0.5 text-[0.6875rem]">
                  <span className="font-mono">{channel}</span>
                  <span className="text-muted">{formatValue(Number(maximum.toPrecision(3)))}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

interface AtPositionProps {
  model: string;
  layer: string;
  position: number;
  dictionary: SemanticDictionary;
  relative: boolean;
  thumbnailOf: (channel: number) => string | undefined;
}

/** The entry of a semantic dictionary: pictures as large as the units are strong. */
function AtPosition({ model, layer, position, dictionary, thumbnailOf }: AtPositionProps) {
  const channels = dictionary.channels[position] ?? [];
  const values = dictionary.values[position] ?? [];
  const most = Math.max(...dictionary.values.map(([first]) => first ?? 0), Number.MIN_VALUE);
  return (
    <section aria-label="At this position">
      <h3 className="font-medium">At this position</h3>
      <ul aria-live="polite" className="mt-2 flex h-32 items-end gap-2">
        {channels.map((channel, place) => {
          const value = values[place]!;
          const side = 32 + 64 * Math.sqrt(Math.max(0, value) / most);
          return (
            <li key={channel} className="text-[0.6875rem]">
              <Link
                href={unitHref(model, { layer, channel })}
                className="block"
                title={`${layer}:${channel}`}
              >
                <span className="block" style={{ width: side, height: side }}>
                  <Picture url={thumbnailOf(channel)} alt="" className="size-full" />
                </span>
                <span className="block truncate font-mono">{channel}</span>
                <span className="block text-muted">{formatValue(Number(value.toPrecision(3)))}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function useThumbnails(model: string, layer: string): (channel: number) => string | undefined {
  const { data } = useQuery(layerUnitsQuery(model, layer));
  return (channel) => data?.items[channel]?.thumbnail ?? undefined;
}
