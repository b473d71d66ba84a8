'use client';
import type { Unit } from '@fovea/client';
import type { UnitExpandedWeights, UnitWeights, WeightFactors } from '@fovea/experiments/schema';
import { useQuery } from '@tanstack/react-query';
import { formatUnit } from '../../models/unit.ts';
import { ConnectionList } from '../../weights/connection-list.tsx';
import { FactorTile } from '../../weights/factor-tile.tsx';
import { expandedWeightsQuery } from './expanded-weights.ts';

interface WeightsSectionProps {
  unit: Unit;
  title: string;
  /** That the weights lead from or to. */
  layer: string;
  weights: Pick<UnitWeights | UnitExpandedWeights, 'excitatory' | 'inhibitory' | 'largest' | 'factors'>;
}

/** The strongest connections of either sign; those between the same two layers share one scale of colours. */
export function WeightsSection({ unit, title, layer, weights }: WeightsSectionProps) {
  const { excitatory, inhibitory, largest, factors } = weights;
  const ends = [...excitatory, ...inhibitory].map(({ channel }) => channel);
  // The input of the network is built from nothing, and has no pictures.
  const hasUnits = layer !== 'image' && ends.length > 0;
  const { data: expanded } = useQuery({
    ...expandedWeightsQuery(unit.model, layer, ends),
    enabled: hasUnits,
  });
  const hasPictures = ends.some((channel) => formatUnit({ layer, channel }) in unit.thumbnails);
  const sides = [
    { name: 'Excitatory', connections: excitatory },
    { name: 'Inhibitory', connections: inhibitory },
  ];
  return (
    <section aria-label={title}>
      <div className="mb-2 flex items-center justify-between gap-3">
        <h3 className="font-medium">{title}</h3>
        {factors && <Factors title={title} factors={factors} />}
      </div>
      {sides.map(({ name, connections }) => (
        <div key={name} className="mt-2">
          <h4 className="mb-1 text-xs text-muted">{name}</h4>
          <ConnectionList
            label={`${name}, ${title}`}
            model={unit.model}
            layer={layer}
            connections={connections}
            largest={largest}
            thumbnails={hasPictures ? unit.thumbnails : undefined}
            expanded={expanded && expanded.size > 0 ? expanded : undefined}
          />
        </div>
      ))}
    </section>
  );
}

/** All of the weights at once. */
function Factors({ title, factors }: { title: string; factors: WeightFactors }) {
  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <span className="text-right">Three factors, excitatory and inhibitory</span>
      <FactorTile label={`${title}: excitatory factors`} factors={factors} sign={1} className="size-12" />
      <FactorTile label={`${title}: inhibitory factors`} factors={factors} sign={-1} className="size-12" />
    </div>
  );
}
