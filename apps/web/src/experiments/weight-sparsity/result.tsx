'use client';
import type { WeightSparsityResult as Result } from '@fovea/experiments/schema';
import { useState } from 'react';
import { formatInteger } from '../../format/number.ts';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { Select } from '../../ui/select.tsx';
import type { ResultProps } from '../kind-view.ts';
import { DistributionCharts } from './distribution-charts.tsx';
import { FigureTable } from './figure-table.tsx';
import { MassChart } from './mass-chart.tsx';
import { variantTitle } from './names.ts';

export function WeightSparsityResult({ run }: ResultProps) {
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  return result && <Sparsity result={result} />;
}

const subjects = {
  connections: 'One number for each input unit',
  weights: 'All weights of all kernels',
} as const;

function Sparsity({ result }: { result: Result }) {
  const [chosen, setChosen] = useState('0');
  const variant = result.variants[Number(chosen)]!;
  return (
    <div className="flex flex-col gap-5">
      <DefinitionList
        items={[
          { term: 'Weights', value: `${result.from} to ${result.layer}` },
          { term: 'Of', value: subjects[result.of] },
          {
            term: 'Units',
            value: `${formatInteger(result.units)}, each of ${formatInteger(result.inputs)} inputs`,
          },
          { term: 'Repetitions', value: formatInteger(result.repetitions) },
        ]}
      />
      {result.variants.length > 1 && (
        <Select
          aria-label="Which weights"
          className="self-start"
          value={chosen}
          onChange={setChosen}
          options={result.variants.map((each, index) => ({
            value: String(index),
            label: variantTitle(each),
          }))}
        />
      )}
      <FigureTable variant={variant} />
      <DistributionCharts variant={variant} />
      <MassChart variant={variant} />
    </div>
  );
}
