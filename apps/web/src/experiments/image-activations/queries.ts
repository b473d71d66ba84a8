/** Parts of what a run on an image left, each fetched when it is looked at. */
import type { Artifact } from '@fovea/client';
import { dictionarySchema, type TensorSlice } from '@fovea/experiments/schema';
import { queryOptions, skipToken } from '@tanstack/react-query';
import { throughDashboard } from '../../api/client.ts';

const forever = { staleTime: Infinity, gcTime: 300_000 };

/** The strongest units of each position. */
export const dictionaryQuery = (artifact: Artifact | undefined) =>
  queryOptions({
    queryKey: ['artifacts', artifact?.sha256, 'dictionary'],
    queryFn: artifact
      ? async ({ signal }) => dictionarySchema.parse(await (await fetched(artifact.url, { signal })).json())
      : skipToken,
    ...forever,
  });

/** What one unit does at every position, row by row: its part of the file alone. */
export const unitMapQuery = (
  artifact: Artifact | undefined,
  { offset, shape }: TensorSlice,
  channel: number | null,
) =>
  queryOptions({
    queryKey: ['artifacts', artifact?.sha256, 'maps', channel],
    queryFn:
      artifact && channel !== null
        ? async ({ signal }) => {
            const bytes = 4 * shape.slice(1).reduce((product, length) => product * length, 1);
            const start = offset + channel * bytes;
            const headers = { range: `bytes=${start}-${start + bytes - 1}` };
            return new Float32Array(await (await fetched(artifact.url, { headers, signal })).arrayBuffer());
          }
        : skipToken,
    ...forever,
  });

async function fetched(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(throughDashboard(url), init);
  if (!answer.ok) throw new Error(`The artifact could not be fetched: ${answer.status} ${answer.statusText}`);
  return answer;
}
