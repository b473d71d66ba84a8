import type { Index } from '@fovea/client';
import Link from 'next/link';
import { formatInteger, formatPercent } from '../format/number.ts';
import { layerHref } from '../layers/addresses.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { parts, partTitles } from './part-titles.ts';

type Group = Index['groups'][number];

/** A row for each layer, a column for each part that is made; parts that look at all layers come first. */
export function ProgressTable({ model, groups }: { model: string; groups: readonly Group[] }) {
  const layers = [...new Set(groups.map(({ layer }) => layer))].toSorted(
    (a, b) => Number(a !== null) - Number(b !== null),
  );
  const columns = parts.filter((part) => groups.some((group) => group.part === part));
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-120 text-left">
        <thead className="border-b text-xs text-muted">
          <tr>
            <th scope="col" className="h-8 px-4 font-medium">
              Layer
            </th>
            {columns.map((part) => (
              <th key={part} scope="col" className="px-3 font-medium">
                {partTitles[part].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <tr key={layer ?? ''} className="border-b last:border-b-0">
              <th scope="row" className="px-4 py-2 font-normal">
                {layer === null ? (
                  <span className="text-muted">All layers</span>
                ) : (
                  <Link
                    href={layerHref(model, layer)}
                    className="font-mono text-xs hover:text-accent hover:underline"
                  >
                    {layer}
                  </Link>
                )}
              </th>
              {columns.map((part) => (
                <td key={part} className="px-3 py-2">
                  <GroupProgress
                    group={groups.find((group) => group.part === part && group.layer === layer)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GroupProgress({ group }: { group: Group | undefined }) {
  if (!group) return <span className="text-muted">–</span>;
  const { part, layer, share, pictures, runs } = group;
  const text =
    pictures.total > 0
      ? `${formatInteger(pictures.done)} / ${formatInteger(pictures.total)}`
      : formatPercent(share);
  const failed = runs.failed > 0 ? `${formatInteger(runs.failed)} failed` : null;
  return (
    <div className="flex min-w-24 flex-col gap-1 text-xs">
      <span className="flex justify-between gap-2 whitespace-nowrap">
        <span className={share === 1 ? 'text-good' : runs.running > 0 ? 'text-accent' : 'text-muted'}>
          {text}
        </span>
        {failed && <span className="text-bad">{failed}</span>}
      </span>
      <ProgressBar
        label={`${partTitles[part].title} of ${layer ?? 'all layers'}`}
        value={share}
        total={1}
        valueText={text}
      />
    </div>
  );
}
