'use client';
import type { Unit } from '@fovea/client';
import type { ActivationExample } from '@fovea/experiments/schema';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { formatPercent } from '../../format/number.ts';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useStored } from '../../ui/use-stored.ts';
import { activationMapsQuery } from './activation-maps.ts';
import { bandsOf } from './bands.ts';
import { ExampleFigure } from './example-figure.tsx';
import { exampleImagesQuery, imageHref, inputImageUrl } from './example-images.ts';
import { fieldBox, mapPlace } from './geometry.ts';
import type { HeatMapProps } from './heat-map.tsx';
import type { UnitSweep } from './sweeps.ts';

/** How this browser likes its examples. */
interface Look {
  /** Of the heat maps, in percent. */
  opacity: number;
  isCropped: boolean;
  /** Each map by its own highest value, rather than all by the unit's. */
  isOwnScale: boolean;
}

const startLook: Look = { opacity: 75, isCropped: true, isOwnScale: false };

/** What drives the unit most, and what it does with images that drive it less. */
export function Examples({ unit, sweep }: { unit: Unit; sweep: UnitSweep }) {
  const [look, setLook] = useStored('fovea.examples', startLook);
  const { data: maps } = useQuery(activationMapsQuery(unit, sweep));
  const { data: images } = useQuery(exampleImagesQuery(unit));
  const { activations, layer, grid } = sweep;
  const { receptiveField } = unit.layer;
  const input = layer.imageSize;
  const boxOf = ({ position }: ActivationExample) => fieldBox(receptiveField, position, grid, input);
  const largest = Math.max(activations.statistics.maximum, -activations.statistics.minimum);

  function heatOf({ value }: ActivationExample, index: number): HeatMapProps | undefined {
    const values = maps?.[index];
    if (!values || look.opacity === 0) return undefined;
    const scale = look.isOwnScale ? Math.abs(value) : largest;
    const place = mapPlace(receptiveField, grid, input);
    const [rows, columns] = grid;
    return { values, rows, columns, scale, opacity: look.opacity / 100, place };
  }

  return (
    <>
      <LookControls
        look={look}
        hasBoxes={activations.examples.some((example) => boxOf(example) !== null)}
        onChange={setLook}
      />
      {bandsOf(activations.examples, layer.bands).map(({ title, examples }) => (
        <section key={title} aria-label={title} className="mt-4">
          <h3 className="mb-1.5 text-xs text-muted">{title}</h3>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-2">
            {examples.map(({ example, index }) => (
              <li key={index}>
                <ExampleFigure
                  example={example}
                  src={inputImageUrl(unit.model, sweep, example.image)}
                  href={imageHref(sweep, example.image)}
                  about={images?.get(`${sweep.subject} ${example.image}`)}
                  input={input}
                  box={look.isCropped ? boxOf(example) : null}
                  heat={heatOf(example, index)}
                  at={placeText(example.position, grid)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const placeText = (position: number, [, columns]: UnitSweep['grid']) =>
  `row ${Math.floor(position / columns)}, column ${position % columns}`;

interface LookControlsProps {
  look: Look;
  hasBoxes: boolean;
  onChange: (look: Look) => void;
}

function LookControls({ look, hasBoxes, onChange }: LookControlsProps) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <div className="flex w-56 items-center gap-3">
        <span className="shrink-0">Heat</span>
        <Slider
          label="Opacity of the activation maps"
          value={look.opacity}
          max={100}
          onChange={(opacity) => onChange({ ...look, opacity })}
          valueText={formatPercent(look.opacity / 100)}
        />
      </div>
      {hasBoxes && (
        <div className="flex items-center gap-2">
          <Switch
            id={`${id}-crop`}
            checked={look.isCropped}
            onCheckedChange={(isCropped) => onChange({ ...look, isCropped })}
          />
          <label htmlFor={`${id}-crop`}>Receptive field only</label>
        </div>
      )}
      <div className="flex items-center gap-2">
        <Switch
          id={`${id}-scale`}
          checked={look.isOwnScale}
          onCheckedChange={(isOwnScale) => onChange({ ...look, isOwnScale })}
        />
        <label htmlFor={`${id}-scale`}>Each on its own scale</label>
      </div>
    </div>
  );
}
