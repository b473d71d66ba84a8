'use client';
import { unwrap, type Unit } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Select } from '../../ui/select.tsx';
import { MissingEvidence } from '../missing-evidence.tsx';

/** Queues a sweep of a dataset that is registered. */
export function MissingSweep({ unit }: { unit: Unit }) {
  const [name, setName] = useState<string>();
  const { data: datasets = [] } = useQuery({
    queryKey: ['datasets'],
    queryFn: async ({ signal }) => unwrap(await api.GET('/datasets', { signal })).items,
  });
  const dataset = datasets.find((each) => each.name === name) ?? datasets[0];
  const text =
    'No dataset has been swept for this unit yet: its examples, histogram and related units come from that.';
  if (!dataset) return <p className="text-muted">{text} Register a dataset first.</p>;
  return (
    <MissingEvidence
      wanted={{
        kind: 'activation-sweep',
        input: { model: unit.model, layers: [unit.layer.name], dataset: dataset.name },
      }}
    >
      {text}
      <Select
        aria-label="Dataset to sweep"
        className="mt-2 flex w-56"
        value={dataset.name}
        options={datasets.map((each) => ({ value: each.name, label: each.name }))}
        onChange={setName}
      />
    </MissingEvidence>
  );
}
