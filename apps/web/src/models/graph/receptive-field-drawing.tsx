import type { Layer } from '@fovea/client';
import { formatValue } from '../../format/number.ts';

interface ReceptiveFieldDrawingProps {
  layer: Layer;
  /** In pixels. */
  input: { readonly width: number; readonly height: number };
}

/** The input, and on it to scale what the position in the middle of a feature map sees. */
export function ReceptiveFieldDrawing({ layer, input }: ReceptiveFieldDrawingProps) {
  const { receptiveField, shape, axes } = layer;
  if (!receptiveField) return null;
  const { size, stride, offset } = receptiveField;
  const centre = (axis: 'height' | 'width') => {
    const length = shape[axes.indexOf(axis)] ?? 1;
    return offset + stride * Math.floor(length / 2);
  };
  const [x, y] = [centre('width'), centre('height')];
  const area = { x: x - size / 2, y: y - size / 2, width: size, height: size };
  const isAll = size >= 2 * Math.max(input.width, input.height);
  return (
    <figure className="flex items-center gap-3">
      <svg
        role="img"
        aria-label={`A square of ${formatValue(size)} pixels on an input of ${input.width} by ${input.height}`}
        viewBox={`0 0 ${input.width} ${input.height}`}
        className="size-24 shrink-0 rounded border border-line-strong bg-sunken"
      >
        <rect
          {...area}
          className="fill-accent/25 stroke-accent"
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
        <circle cx={x} cy={y} r={input.width / 40} className="fill-accent" />
      </svg>
      <figcaption className="text-xs text-muted">
        {isAll
          ? `The position in the middle could see ${formatValue(size)} pixels: all of the input.`
          : `What the position in the middle sees of ${input.width} × ${input.height} pixels.`}
      </figcaption>
    </figure>
  );
}
