'use client';
import type { Unit } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { formatPercent } from '../../format/number.ts';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useStored } from '../../ui/use-stored.ts';
import { activationMapsQuery } from './activation-maps.ts';
import { bandsOf } from './bands.ts';
import { ExampleFigure } from './example-figure.tsx';
import { mapPlace } from './geometry.ts';
import { inputImageUrl } from './input-image-url.ts';
import type { UnitSweep } from './sweeps.ts';

/** How this browser likes its examples. */
interface Look {
  /** Of the heat maps, in percent. */
  opacity: number;
  isCropped: boolean;
  /** Each map by its own highest value, rather than all by the unit's. */
  isOwnScale: boolean;
}

const startLook: Look = { opacity: 55, isCropped: true, isOwnScale: false };

/** What drives the unit most, and what it does with images that drive it less. */
export function Examples({ unit, sweep }: { unit: Unit; sweep: UnitSweep }) {
  const [look, setLook] = useStored('fovea.examples', startLook);
  const { data: maps } = useQuery(activationMapsQuery(unit, sweep));
  const { activations, layer, grid } = sweep;
  const hasBoxes = activations.examples.some(({ box }) => box !== null);
  const place = mapPlace(unit.layer.receptiveField, grid, layer.imageSize);
  const largest = Math.max(activations.statistics.maximum, -activations.statistics.minimum);
  return (
    <>
      <LookControls look={look} hasBoxes={hasBoxes} onChange={setLook} />
      {bandsOf(activations.examples, layer.bands).map(({ title, examples }) => (
        <section key={title} aria-label={title} className="mt-4">
          <h3 className="mb-1.5 text-xs text-muted">{title}</h3>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-2">
            {examples.map(({ example, index }) => (
              <li key={index}>
                <ExampleFigure
                  example={example}
                  src={inputImageUrl(unit.model, sweep, example.image)}
                  input={layer.imageSize}
                  grid={grid}
                  place={place}
                  map={maps?.[index]}
                  scale={look.isOwnScale ? Math.abs(example.value) : largest}
                  opacity={look.opacity / 100}
                  isCropped={look.isCropped}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

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
