/** An atlas as the page shows it: what the layer's evidence names, fetched from its artifacts. */
import type { LayerDetail } from '@fovea/client';
import { activationAtlas, atlasEvidence } from '@fovea/experiments/schema';
import { queryOptions } from '@tanstack/react-query';
import { throughDashboard } from '../api/client.ts';

type LayerEvidence = LayerDetail['evidence'][number];

export const atlasesOf = ({ evidence }: LayerDetail): LayerEvidence[] =>
  evidence
    .filter(({ kind }) => kind === 'activation-atlas')
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));

export const atlasQuery = ({ runId, data, artifacts }: LayerEvidence) =>
  queryOptions({
    queryKey: ['atlases', runId],
    queryFn: async ({ signal }) => {
      const response = await fetch(artifactUrl(artifacts, atlasEvidence.parse(data).atlas), { signal });
      if (!response.ok) throw new Error(`The atlas could not be read: ${response.statusText}`);
      const atlas = activationAtlas.parse(await response.json());
      const sheets = atlas.grids.flatMap(({ icons, examples }) => [icons, examples]);
      return { atlas, urls: Object.fromEntries(sheets.map((name) => [name, artifactUrl(artifacts, name)])) };
    },
    // An artifact never changes; its address would, with each signature, and the viewer start anew.
    staleTime: Infinity,
  });

function artifactUrl(artifacts: LayerEvidence['artifacts'], name: string): string {
  const artifact = artifacts.find((each) => each.name === name);
  if (!artifact) throw new Error(`The run of this atlas has no ${name}`);
  return throughDashboard(artifact.url);
}
