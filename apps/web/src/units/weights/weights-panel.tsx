'use client';
import type { Unit } from '@fovea/client';
import {
  unitExpandedWeights,
  unitWeights,
  type UnitExpandedWeights,
  type UnitWeights,
  type WeightFactors,
} from '@fovea/experiments/schema';
import { Panel } from '../../ui/panel.tsx';
import { ConnectionList } from '../../weights/connection-list.tsx';
import { FactorTile } from '../../weights/factor-tile.tsx';
import { findingsOf } from '../evidence.ts';
import { MissingEvidence } from '../missing-evidence.tsx';

/** What the unit is built from, and what is built from it. */
export function WeightsPanel({ unit }: { unit: Unit }) {
  const { model, layer } = unit;
  const weights = findingsOf(unit.evidence, 'unit-weights', unitWeights).map(({ data }) => data);
  const expanded = findingsOf(unit.evidence, 'expanded-weights', unitExpandedWeights).map(({ data }) => data);
  const inputs = weights.filter(({ direction }) => direction === 'inputs');
  const outputs = weights.filter(({ direction }) => direction === 'outputs');
  return (
    <Panel title="Weights">
      {weights.length + expanded.length === 0 && (
        <MissingEvidence wanted={{ kind: 'unit-weights', input: { model, layer: layer.name } }}>
          The weights between this layer and those next to it have not been read yet: which units excite and
          which inhibit this one, and which it drives.
        </MissingEvidence>
      )}
      <div className="flex flex-col gap-6">
        {inputs.map((data) => (
          <Weights
            key={data.other}
            unit={unit}
            title={`Inputs from ${data.other}`}
            layer={data.other}
            weights={data}
          />
        ))}
        {expanded.map((data) => (
          <Weights
            key={data.from}
            unit={unit}
            title={`Expanded weights from ${data.from}, ${data.height} × ${data.width}`}
            layer={data.from}
            weights={data}
          />
        ))}
        {outputs.map((data) => (
          <Weights
            key={data.other}
            unit={unit}
            title={`Outputs to ${data.other}`}
            layer={data.other}
            weights={data}
          />
        ))}
      </div>
    </Panel>
  );
}

interface WeightsProps {
  unit: Unit;
  title: string;
  /** That the weights lead from or to. */
  layer: string;
  weights: Pick<UnitWeights | UnitExpandedWeights, 'excitatory' | 'inhibitory' | 'largest' | 'factors'>;
}

/** The strongest connections of either sign; those between the same two layers share one scale of colours. */
function Weights({ unit, title, layer, weights }: WeightsProps) {
  const { excitatory, inhibitory, largest, factors } = weights;
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
            thumbnails={layer === 'image' ? undefined : unit.thumbnails}
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
