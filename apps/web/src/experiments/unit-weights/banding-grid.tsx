'use client';
import type { Artifact } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { formatUnit } from '../../models/unit.ts';
import { unitHref } from '../../units/unit-href.ts';
import { Pixels } from '../../weights/pixels.tsx';
import { readTensor, type Tensor } from '../../weights/read-tensor.ts';

interface BandingGridProps {
  /** Which weights: `Inputs from mixed3a`. */
  title: string;
  /** Holds `factors` [units, 3, height, width]. */
  artifact: Pick<Artifact, 'id' | 'name' | 'url'>;
  model: string;
  layer: string;
}

/**
 * The weights of all units of a layer by position, three factors as red, green and blue. Where a network sums over
 * positions soon after, its last convolutions show horizontal bands ("Weight Banding", Petrov et al., Distill 2021).
 */
export function BandingGrid({ title, artifact, model, layer }: BandingGridProps) {
  const tensor = useQuery({
    queryKey: ['tensor', artifact.id],
    queryFn: ({ signal }) => readTensor(artifact.url, 'factors', signal),
    staleTime: Infinity,
  });
  const [sign, setSign] = useState<1 | -1>(1);
  return (
    <section aria-label={`Weights by position: ${title}`}>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{title}, by position, one tile for each unit</h3>
        <button type="button" className="text-xs underline" onClick={() => setSign(sign === 1 ? -1 : 1)}>
          {sign === 1 ? 'Excitatory; show inhibitory' : 'Inhibitory; show excitatory'}
        </button>
      </div>
      {tensor.isError && <p className="text-bad">{tensor.error.message}</p>}
      {tensor.isPending && <div className="h-48 animate-pulse rounded-md bg-sunken" />}
      {tensor.data && <Grid tensor={tensor.data} sign={sign} model={model} layer={layer} label={title} />}
    </section>
  );
}

function Grid({
  tensor,
  sign,
  model,
  layer,
  label,
}: {
  tensor: Tensor;
  sign: 1 | -1;
  model: string;
  layer: string;
  label: string;
}) {
  const [units, , height, width] = tensor.shape as [number, number, number, number];
  const columns = Math.ceil(Math.sqrt((2 * units * (height + 1)) / (width + 1)));
  const rows = Math.ceil(units / columns);
  const [across, down] = [columns * (width + 1) - 1, rows * (height + 1) - 1];
  const unitAt = (x: number, y: number) =>
    Math.floor(y / (height + 1)) * columns + Math.floor(x / (width + 1));
  const largest = largestOfUnits(tensor);
  const colorOf = (index: number): [number, number, number] => {
    const [x, y] = [index % across, Math.floor(index / across)];
    const unit = unitAt(x, y);
    const [column, row] = [x % (width + 1), y % (height + 1)];
    if (unit >= units || column === width || row === height) return [128, 128, 128];
    const value = (factor: number) => tensor.values[((unit * 3 + factor) * height + row) * width + column]!;
    return [0, 1, 2].map((factor) =>
      Math.round((255 * Math.max(0, sign * value(factor))) / (largest[unit]! || 1)),
    ) as [number, number, number];
  };
  return (
    <div className="relative">
      <Pixels
        label={`${label} of ${units} units`}
        width={across}
        height={down}
        colorOf={colorOf}
        deps={[tensor, sign]}
        className="w-full"
      />
      <div
        className="absolute inset-0 grid"
        style={{ gridTemplateColumns: `repeat(${columns}, 1fr)`, gridTemplateRows: `repeat(${rows}, 1fr)` }}
      >
        {Array.from({ length: units }, (_, channel) => (
          <Link
            key={channel}
            href={unitHref(model, { layer, channel })}
            prefetch={false}
            aria-label={formatUnit({ layer, channel })}
            title={formatUnit({ layer, channel })}
            className="hover:outline-2 hover:outline-accent"
          />
        ))}
      </div>
    </div>
  );
}

/** So that each tile uses all of its colours. */
function largestOfUnits({ shape, values }: Tensor): Float32Array {
  const size = values.length / shape[0]!;
  return Float32Array.from({ length: shape[0]! }, (_, unit) => {
    let largest = 0;
    for (let index = unit * size; index < (unit + 1) * size; index++)
      largest = Math.max(largest, Math.abs(values[index]!));
    return largest;
  });
}
