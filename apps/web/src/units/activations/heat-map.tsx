'use client';
import { divergingColor } from '@fovea/experiments/schema';
import { useEffect, useRef } from 'react';

export interface HeatMapProps {
  /** Row by row. */
  values: ArrayLike<number>;
  rows: number;
  columns: number;
  /** Size of a value that is drawn in full. */
  scale: number;
  /** 0 to 1. */
  opacity: number;
  /** Where on the picture, in percent of its sides. */
  place: { left: number; top: number; width: number; height: number };
}

/** An activation map over a picture: red where the unit is positive, blue where it is negative, clear at zero. */
export function HeatMap({ values, rows, columns, scale, opacity, place }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(columns, rows);
    for (let index = 0; index < rows * columns; index++) {
      const share = scale > 0 ? Math.max(-1, Math.min(1, values[index]! / scale)) : 0;
      image.data.set(divergingColor(Math.sign(share)), index * 4);
      image.data[index * 4 + 3] = Math.round(255 * Math.abs(share));
    }
    context.putImageData(image, 0, 0);
  }, [values, rows, columns, scale]);
  const { left, top, width, height } = place;
  return (
    <canvas
      ref={canvas}
      width={columns}
      height={rows}
      aria-hidden
      className="pointer-events-none absolute max-w-none"
      style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%`, opacity }}
    />
  );
}
