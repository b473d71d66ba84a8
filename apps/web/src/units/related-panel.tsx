import type { Unit } from '@fovea/client';
import { unitWeights } from '@fovea/experiments/schema';
import { formatValue } from '../format/number.ts';
import { Panel } from '../ui/panel.tsx';
import type { UnitSweep } from './activations/sweeps.ts';
import { findingsOf } from './evidence.ts';
import { NamedUnit } from './named-unit.tsx';

interface Related {
  readonly title: string;
  readonly units: readonly { readonly channel: number; readonly correlation: number }[];
}

/** Units of the layer that do alike, by what they fire for and by what they are built from. */
export function RelatedPanel({ unit, sweep }: { unit: Unit; sweep: UnitSweep | undefined }) {
  const byWeights = findingsOf(unit.evidence, 'unit-weights', unitWeights).filter(
    ({ data }) => data.alike.length > 0,
  );
  const lists: Related[] = [
    ...(sweep
      ? [
          { title: `Fire alike on ${sweep.layer.dataset}`, units: sweep.activations.alike },
          { title: `Fire otherwise on ${sweep.layer.dataset}`, units: sweep.activations.opposed },
        ]
      : []),
    ...byWeights.map(({ data }) => ({
      title: `Alike in their weights from ${data.other}`,
      units: data.alike,
    })),
  ].filter(({ units }) => units.length > 0);
  if (lists.length === 0) return null;
  return (
    <Panel title="Related units">
      <div className="flex flex-col gap-4">
        {lists.map(({ title, units }) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-1.5 text-xs text-muted">{title}</h3>
            <ol className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-2">
              {units.map(({ channel, correlation }) => (
                <li key={channel}>
                  <NamedUnit of={unit} unit={{ layer: unit.layer.name, channel }}>
                    <span title="Correlation">r {formatValue(Number(correlation.toFixed(3)))}</span>
                  </NamedUnit>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
    </Panel>
  );
}
