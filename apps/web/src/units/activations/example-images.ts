/** The images that stand for a unit, and what their dataset knows of them. */
import { unwrap, type Unit } from '@fovea/client';
import { queryOptions } from '@tanstack/react-query';
import { api, API_PATH } from '../../api/client.ts';
import { datasetHref } from '../../datasets/dataset-href.ts';
import type { UnitSweep } from './sweeps.ts';

/** Its place on the page of its dataset. */
export const imageHref = ({ layer }: UnitSweep, index: number): string =>
  `${datasetHref(layer.dataset)}?${new URLSearchParams({ split: layer.split, image: String(index) })}`;

/** As the network reads it. */
export function inputImageUrl(model: string, { subject, layer }: UnitSweep, index: number): string {
  const split = encodeURIComponent(layer.split);
  return `${API_PATH}/datasets/${subject}/images/${split}/${index}/input?${new URLSearchParams({ model })}`;
}

/** By digest of the dataset and index in the split. */
export const exampleImagesQuery = ({ model, layer, channel }: Unit) =>
  queryOptions({
    queryKey: ['units', model, layer.name, channel, 'examples'],
    queryFn: async ({ signal }) => {
      const path = { model, layer: layer.name, channel };
      return unwrap(
        await api.GET('/models/{model}/layers/{layer}/units/{channel}/examples', {
          params: { path },
          signal,
        }),
      );
    },
    select: ({ items }) => new Map(items.map((item) => [`${item.subject} ${item.image}`, item])),
    staleTime: 60_000,
  });
