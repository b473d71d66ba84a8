'use client';
import type { UnitConnection, WeightFactors } from '@fovea/experiments/schema';
import Link from 'next/link';
import { formatValue } from '../format/number.ts';
import { formatUnit } from '../models/unit.ts';
import { Picture } from '../runs/picture.tsx';
import { unitHref } from '../units/unit-href.ts';
import { FactorTile } from './factor-tile.tsx';
import { KernelTile } from './kernel-tile.tsx';

interface ConnectionListProps {
  /** What the list is of: `Excitatory inputs from mixed3b`. */
  label: string;
  model: string;
  /** That the connections' units belong to; the input of the network has none with pages. */
  layer: string;
  connections: readonly Pick<UnitConnection, 'channel' | 'l2' | 'sum' | 'kernel'>[];
  /** The absolute value that has the palette's last colours. */
  largest: number;
  /** Addresses of pictures by `layer:channel`. */
  thumbnails?: Readonly<Record<string, string>>;
  /** Of the units at the other end, by channel: what each is built from itself. */
  expanded?: ReadonlyMap<number, ExpandedFactors>;
}

/** Expanded weights reduced to factors. */
export type ExpandedFactors = Pick<WeightFactors, 'height' | 'width' | 'maps'> & { readonly from: string };

/** Units at the other end of weights, strongest first, each with its picture and the kernel between. */
export function ConnectionList({
  label,
  model,
  layer,
  connections,
  largest,
  thumbnails,
  expanded,
}: ConnectionListProps) {
  if (connections.length === 0) return <p className="text-muted">None of this sign.</p>;
  return (
    <ul aria-label={label} className="relative flex gap-2 overflow-x-auto pb-1">
      {connections.map(({ channel, l2, sum, kernel }) => {
        const unit = { layer, channel };
        const name = formatUnit(unit);
        return (
          <li key={channel} className="w-16 shrink-0 text-xs">
            <UnitLink model={model} unit={unit}>
              {thumbnails && <Picture url={thumbnails[name]} alt={name} className="mb-1 size-16" />}
              <KernelTile label={`Weights: ${name}`} kernel={kernel} largest={largest} className="size-16" />
              {expanded && <ExpandedTile name={name} factors={expanded.get(channel)} />}
              <span className="block truncate font-mono">{channel}</span>
            </UnitLink>
            <span className="block text-muted" title={`L2 norm ${l2}, sum ${sum}`}>
              {formatValue(l2)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function ExpandedTile({ name, factors }: { name: string; factors: ExpandedFactors | undefined }) {
  if (!factors) return <div className="mt-1 size-16 rounded-sm bg-sunken" />;
  const label = `Expanded weights of ${name} from ${factors.from}`;
  return <FactorTile label={label} factors={factors} sign={1} className="mt-1 size-16" />;
}

function UnitLink({
  model,
  unit,
  children,
}: {
  model: string;
  unit: { layer: string; channel: number };
  children: React.ReactNode;
}) {
  if (unit.layer === 'image') return <div title={`Channel ${unit.channel} of the image`}>{children}</div>;
  return (
    <Link href={unitHref(model, unit)} className="block hover:underline">
      {children}
    </Link>
  );
}
