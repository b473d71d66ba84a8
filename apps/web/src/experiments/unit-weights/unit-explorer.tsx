'use client';
import type { Unit } from '@fovea/client';
import { unitWeights, type UnitWeights } from '@fovea/experiments/schema';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsInteger, useQueryState } from 'nuqs';
import { useId } from 'react';
import { formatUnit } from '../../models/unit.ts';
import { QueryError } from '../../ui/query-error.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { unitQuery } from '../../units/queries.ts';
import { unitHref } from '../../units/unit-href.ts';
import { ConnectionList } from '../../weights/connection-list.tsx';
import { FactorTile } from '../../weights/factor-tile.tsx';

interface UnitExplorerProps {
  model: string;
  layer: string;
  runId: string;
}

/** The strongest connections of one unit, to be chosen. */
export function UnitExplorer({ model, layer, runId }: UnitExplorerProps) {
  const [channel, setChannel] = useQueryState('unit', parseAsInteger.withDefault(0));
  const field = useId();
  const unit = useQuery(unitQuery({ model, layer, channel }));
  return (
    <section aria-label="Connections of a unit" className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <label htmlFor={field}>Unit</label>
        <TextInput
          id={field}
          type="number"
          min={0}
          className="w-24"
          value={channel}
          onChange={(event) => void setChannel(Math.max(0, event.target.valueAsNumber || 0))}
        />
        <Link className="underline" href={unitHref(model, { layer, channel })}>
          {formatUnit({ layer, channel })}
        </Link>
      </div>
      {unit.isError && (
        <QueryError what={formatUnit({ layer, channel })} error={unit.error} onRetry={unit.refetch} />
      )}
      {unit.data && <Connections unit={unit.data} runId={runId} />}
    </section>
  );
}

function Connections({ unit, runId }: { unit: Unit; runId: string }) {
  const found = unit.evidence
    .filter(({ kind, runId: from }) => kind === 'unit-weights' && from === runId)
    .map(({ data }) => unitWeights.parse(data));
  if (found.length === 0)
    return <p className="text-muted">A later run has replaced the weights of this unit.</p>;
  return found.map((weights) => <OneOther key={weights.other} unit={unit} weights={weights} />);
}

function OneOther({ unit, weights }: { unit: Unit; weights: UnitWeights }) {
  const { direction, other, excitatory, inhibitory, largest, factors } = weights;
  const from = direction === 'inputs' ? `Inputs from ${other}` : `Outputs to ${other}`;
  return (
    <div className="flex flex-col gap-2">
      <h3 className="flex items-center gap-2 font-medium">
        {from}
        {factors && (
          <>
            <FactorTile
              label={`${from}: factors that excite`}
              factors={factors}
              sign={1}
              className="size-8"
            />
            <FactorTile
              label={`${from}: factors that inhibit`}
              factors={factors}
              sign={-1}
              className="size-8"
            />
          </>
        )}
      </h3>
      {(
        [
          ['Excitatory', excitatory],
          ['Inhibitory', inhibitory],
        ] as const
      ).map(([sign, connections]) => (
        <div key={sign}>
          <p className="mb-1 text-xs text-muted">{sign}</p>
          <ConnectionList
            label={`${sign}: ${from}`}
            model={unit.model}
            layer={other}
            connections={connections}
            largest={largest}
            thumbnails={unit.thumbnails}
          />
        </div>
      ))}
    </div>
  );
}
