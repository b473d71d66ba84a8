'use client';
import type { ActivationExample } from '@fovea/experiments/schema';
import { formatValue } from '../../format/number.ts';
import { cropPlace, type Place, type Size } from './geometry.ts';
import { HeatMap } from './heat-map.tsx';

interface ExampleFigureProps {
  example: ActivationExample;
  /** The image as the network reads it. */
  src: string;
  input: Size;
  grid: readonly [number, number];
  place: Place;
  /** Undefined while it is on its way. */
  map: ArrayLike<number> | undefined;
  scale: number;
  opacity: number;
  isCropped: boolean;
}

/** An image of a dataset with what the unit does all over it. */
export function ExampleFigure(props: ExampleFigureProps) {
  const { example, src, input, grid, place, map, scale, opacity, isCropped } = props;
  const [rows, columns] = grid;
  const { left, top, width, height } = cropPlace(isCropped ? example.box : null, input);
  const at = `row ${Math.floor(example.position / columns)}, column ${example.position % columns}`;
  return (
    <figure>
      <div className="relative aspect-square overflow-hidden rounded-md bg-sunken">
        <div
          className="absolute"
          style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
        >
          <img
            src={src}
            alt={`Number ${example.image} of the dataset`}
            loading="lazy"
            className="size-full max-w-none"
          />
          {map && opacity > 0 && (
            <HeatMap
              values={map}
              rows={rows}
              columns={columns}
              scale={scale}
              opacity={opacity}
              place={place}
            />
          )}
        </div>
      </div>
      <figcaption className="mt-0.5 flex justify-between gap-1 text-xs" title={`Highest at ${at}`}>
        <span>{formatValue(example.value)}</span>
        <span className="truncate text-muted">#{example.image}</span>
      </figcaption>
    </figure>
  );
}
