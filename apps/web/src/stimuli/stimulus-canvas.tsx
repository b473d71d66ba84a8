'use client';
import type { Stimulus, StimulusParameters } from '@fovea/data/stimuli';
import { useEffect, useRef } from 'react';

interface StimulusCanvasProps {
  stimulus: Stimulus;
  size: { height: number; width: number };
  parameters: StimulusParameters;
  label: string;
}

/** A stimulus as the dataset will hold it: the same code draws it here. */
export function StimulusCanvas({ stimulus, size, parameters, label }: StimulusCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width } = size;
  useEffect(() => {
    const pixels = stimulus.draw({ height, width }, parameters);
    const image = new ImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      image.data.set(pixels.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
      image.data[4 * pixel + 3] = 255;
    }
    canvas.current!.getContext('2d')!.putImageData(image, 0, 0);
  }, [stimulus, height, width, parameters]);
  return (
    <figure>
      <canvas ref={canvas} height={height} width={width} className="w-full rounded border" aria-hidden />
      <figcaption className="truncate text-xs text-muted" title={label}>
        {label}
      </figcaption>
    </figure>
  );
}
