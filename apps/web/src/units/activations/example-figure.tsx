import type { ActivationExample } from '@fovea/experiments/schema';
import Link from 'next/link';
import { formatValue } from '../../format/number.ts';
import { windowPlace, type Place, type Size } from './geometry.ts';
import { HeatMap, type HeatMapProps } from './heat-map.tsx';

interface ExampleFigureProps {
  example: ActivationExample;
  /** The image as the network reads it. */
  src: string;
  /** Of the image among those of its dataset. */
  href: string;
  /** What the dataset knows of it; undefined while that is on its way. */
  about: { id: string | null; class: string | null } | undefined;
  input: Size;
  /** What to show of the image; all without one. */
  box: Place | null;
  /** Undefined while it is on its way. */
  heat: HeatMapProps | undefined;
  /** Where the unit is highest. */
  at: string;
}

/** An image of a dataset with what the unit does all over it. */
export function ExampleFigure({ example, src, href, about, input, box, heat, at }: ExampleFigureProps) {
  const { left, top, width, height } = windowPlace(box, input);
  const name = about?.class ?? about?.id ?? `#${example.image}`;
  return (
    <figure>
      <Link
        href={href}
        title={`${about?.id ?? `#${example.image}`}, highest at ${at}`}
        className="relative block aspect-square overflow-hidden rounded-md bg-sunken"
      >
        <span
          className="absolute"
          style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
        >
          <img
            src={src}
            alt={`${name}, number ${example.image}`}
            loading="lazy"
            className="size-full max-w-none"
          />
          {heat && <HeatMap {...heat} />}
        </span>
      </Link>
      <figcaption className="mt-0.5 flex justify-between gap-2 text-xs">
        <span>{formatValue(example.value)}</span>
        <span className="truncate text-muted" title={name}>
          {name}
        </span>
      </figcaption>
    </figure>
  );
}
