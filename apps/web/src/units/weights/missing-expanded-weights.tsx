'use client';
import type { Unit } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { layersQuery } from '../../api/queries.ts';
import { hasUnits } from '../../models/layer-facts.ts';
import { Select } from '../../ui/select.tsx';
import { MissingEvidence } from '../missing-evidence.tsx';

/** Queues expanded weights from an earlier layer; without one there are none. */
export function MissingExpandedWeights({ unit }: { unit: Unit }) {
  const { model, layer } = unit;
  const { data: layers = [] } = useQuery(layersQuery(model));
  const [chosen, setChosen] = useState<string>();
  const earlier = layers.filter((each) => each.ordinal < layer.ordinal && hasUnits(each));
  const from = chosen ?? earlier[0]?.name;
  if (from === undefined) return null;
  return (
    <MissingEvidence
      wanted={{ kind: 'unit-weights', input: { model, layer: layer.name, expandedFrom: from } }}
    >
      Expanded weights show what the unit is built from over several layers, as if nothing between were
      nonlinear.
      <Select
        aria-label="Layer from which weights are expanded"
        className="mt-2 flex w-56"
        value={from}
        options={earlier.map(({ name, kind }) => ({ value: name, label: name, hint: kind }))}
        onChange={setChosen}
      />
    </MissingEvidence>
  );
}
