'use client';
import type { Unit } from '@fovea/client';
import { unitExpandedWeights, unitWeights } from '@fovea/experiments/schema';
import { Panel } from '../../ui/panel.tsx';
import { findingsOf } from '../evidence.ts';
import { MissingEvidence } from '../missing-evidence.tsx';
import { MissingExpandedWeights } from './missing-expanded-weights.tsx';
import { WeightsSection } from './weights-section.tsx';

/** What the unit is built from, and what is built from it. */
export function WeightsPanel({ unit }: { unit: Unit }) {
  const { model, layer } = unit;
  const weights = findingsOf(unit.evidence, 'unit-weights', unitWeights).map(({ data }) => data);
  const expanded = findingsOf(unit.evidence, 'expanded-weights', unitExpandedWeights).map(({ data }) => data);
  const inputs = weights.filter(({ direction }) => direction === 'inputs');
  const outputs = weights.filter(({ direction }) => direction === 'outputs');
  return (
    <Panel title="Weights">
      <div className="flex flex-col gap-6">
        {weights.length === 0 && (
          <MissingEvidence wanted={{ kind: 'unit-weights', input: { model, layer: layer.name } }}>
            The weights between this layer and those next to it have not been read yet: which units excite and
            which inhibit this one, and which it drives.
          </MissingEvidence>
        )}
        {inputs.map((data) => (
          <WeightsSection
            key={data.other}
            unit={unit}
            title={`Inputs from ${data.other}`}
            layer={data.other}
            weights={data}
          />
        ))}
        {expanded.map((data) => (
          <WeightsSection
            key={data.from}
            unit={unit}
            title={`Expanded weights from ${data.from}, ${data.height} × ${data.width}`}
            layer={data.from}
            weights={data}
          />
        ))}
        {outputs.map((data) => (
          <WeightsSection
            key={data.other}
            unit={unit}
            title={`Outputs to ${data.other}`}
            layer={data.other}
            weights={data}
          />
        ))}
        {weights.length > 0 && expanded.length === 0 && <MissingExpandedWeights unit={unit} />}
      </div>
    </Panel>
  );
}
