'use client';
import type { Artifact } from '@fovea/client';
import type { UnitWeightsResult as Result } from '@fovea/experiments/schema';
import Link from 'next/link';
import { throughDashboard } from '../../api/client.ts';
import { formatBytes } from '../../format/number.ts';
import type { ResultProps } from '../kind-view.ts';
import { BandingGrid } from './banding-grid.tsx';
import { UnitExplorer } from './unit-explorer.tsx';

export function UnitWeightsResult({ run, artifacts }: ResultProps) {
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  if (!result || !run.model) return null;
  return (
    <div className="flex flex-col gap-6">
      <Others model={run.model} result={result} artifacts={artifacts} />
      <UnitExplorer model={run.model} layer={result.layer} runId={run.id} />
      {result.others.map(({ layer, direction, factors }) => {
        const artifact = artifacts.find(({ name }) => name === factors);
        return (
          artifact && (
            <BandingGrid
              key={artifact.id}
              title={direction === 'inputs' ? `Inputs from ${layer}` : `Outputs to ${layer}`}
              artifact={artifact}
              model={run.model!}
              layer={result.layer}
            />
          )
        );
      })}
    </div>
  );
}

const directions = { inputs: 'before', outputs: 'after' } as const;
const routes = { composed: 'composed', differentiated: 'by gradients' } as const;

function Others({
  model,
  result,
  artifacts,
}: {
  model: string;
  result: Result;
  artifacts: readonly Artifact[];
}) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="h-8 font-medium">
              Other layer
            </th>
            <th scope="col" className="px-3 font-medium">
              Lies
            </th>
            <th scope="col" className="px-3 font-medium">
              Weights
            </th>
            <th scope="col" className="px-3 font-medium">
              Residual paths
            </th>
            <th scope="col" className="font-medium">
              Whole tensor
            </th>
          </tr>
        </thead>
        <tbody>
          {result.others.map(({ layer, direction, route, paths, weights }) => (
            <tr key={layer} className="border-t">
              <th scope="row" className="py-1.5 font-normal">
                <LayerLink model={model} layer={layer} />
              </th>
              <td className="px-3">{directions[direction]}</td>
              <td className="px-3">{routes[route]}</td>
              <td className="px-3">{paths.length > 1 ? paths.join('; ') : 'one'}</td>
              <td>
                <Download artifact={artifacts.find(({ name }) => name === weights)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LayerLink({ model, layer }: { model: string; layer: string }) {
  if (layer === 'image') return <>{layer}</>;
  return (
    <Link className="underline" href={`/models/${encodeURIComponent(model)}/${encodeURIComponent(layer)}`}>
      {layer}
    </Link>
  );
}

function Download({ artifact }: { artifact: Artifact | undefined }) {
  if (!artifact) return null;
  return (
    <a className="underline" href={throughDashboard(artifact.url)} download={artifact.name}>
      safetensors, {formatBytes(artifact.bytes)}
    </a>
  );
}
