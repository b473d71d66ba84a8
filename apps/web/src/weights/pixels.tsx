'use client';
// An image element would have to be encoded first.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useEffect, useRef } from 'react';
import { classNames } from '../ui/class-names.ts';

interface PixelsProps {
  /** What is drawn, in words. */
  label: string;
  width: number;
  height: number;
  /** [red, green, blue], 0 to 255, of each place, row after row. */
  colorOf: (index: number) => readonly [number, number, number];
  /** Anything that changes the drawing must change this array, as with an effect. */
  deps: readonly unknown[];
  className?: string;
}

/** A drawing of few pixels, enlarged without smoothing. */
export function Pixels({ label, width, height, colorOf, deps, className }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(width, height);
    for (let index = 0; index < width * height; index++) {
      image.data.set(colorOf(index), 4 * index);
      image.data[4 * index + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    // oxlint-disable-next-line react/exhaustive-deps -- the caller names them
  }, [width, height, ...deps]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      title={label}
      width={width}
      height={height}
      className={classNames('rounded-sm [image-rendering:pixelated]', className)}
    />
  );
}
