'use client';
import type { Unit } from '@fovea/client';
import { Panel } from '../../ui/panel.tsx';
import { Select } from '../../ui/select.tsx';
import { useStored } from '../../ui/use-stored.ts';
import { ClassMeans } from './class-means.tsx';
import { Examples } from './examples.tsx';
import { ActivationHistogram } from './histogram.tsx';
import { MissingSweep } from './missing-sweep.tsx';
import { sweepsOf, type UnitSweep } from './sweeps.ts';

export interface ChosenSweep {
  sweeps: readonly UnitSweep[];
  /** Undefined where there is none. */
  sweep: UnitSweep | undefined;
  choose: (key: string) => void;
}

/** The sweep that is shown, the same on every unit's page as long as there is one. */
export function useSweep(unit: Unit): ChosenSweep {
  const [key, choose] = useStored('fovea.sweep', '');
  const sweeps = sweepsOf(unit);
  return { sweeps, sweep: sweeps.find((each) => each.key === key) ?? sweeps[0], choose };
}

export function ExamplesPanel({ unit, chosen }: { unit: Unit; chosen: ChosenSweep }) {
  const { sweeps, sweep, choose } = chosen;
  return (
    <Panel
      title="Examples"
      aside={
        sweeps.length > 1 ? (
          <Select
            aria-label="Dataset"
            className="h-7"
            value={sweep!.key}
            options={sweeps.map((each) => ({ value: each.key, label: each.title }))}
            onChange={choose}
          />
        ) : (
          sweep && <span className="truncate text-xs text-muted">{sweep.title}</span>
        )
      }
    >
      {sweep ? <Examples key={sweep.key} unit={unit} sweep={sweep} /> : <MissingSweep unit={unit} />}
    </Panel>
  );
}

export function ActivationsPanel({ sweep }: { sweep: UnitSweep }) {
  return (
    <>
      <Panel title="Activations" aside={<span className="truncate text-xs text-muted">{sweep.title}</span>}>
        <ActivationHistogram activations={sweep.activations} />
      </Panel>
      {sweep.activations.classes.length > 0 && (
        <Panel title="Classes" aside={<span className="text-xs text-muted">mean activation</span>}>
          <ClassMeans classes={sweep.activations.classes} />
        </Panel>
      )}
    </>
  );
}
