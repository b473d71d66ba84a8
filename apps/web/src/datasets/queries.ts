/** What the pages of datasets ask of the API. */
import { unwrap } from '@fovea/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';

export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: async ({ signal }) => unwrap(await api.GET('/datasets', { signal })),
  select: (list) => list.items,
});

export const datasetQuery = (name: string) =>
  queryOptions({
    queryKey: ['datasets', name],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/datasets/{dataset}', { params: { path: { dataset: name } }, signal })),
  });

export const classesQuery = (name: string) =>
  queryOptions({
    queryKey: ['datasets', name, 'classes'],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/datasets/{dataset}/classes', { params: { path: { dataset: name } }, signal })),
    select: (list) => list.items,
    staleTime: 60_000,
  });

/** The images of a split, or of one of its classes. */
export interface ImageSelection {
  dataset: string;
  split: string;
  /** −1: without a class. */
  label: number | null;
}

export const IMAGES_IN_PAGE = 100;

export const imagesQuery = ({ dataset, split, label }: ImageSelection, page: number) =>
  queryOptions({
    queryKey: ['datasets', dataset, 'images', split, label, page],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/datasets/{dataset}/images', {
          params: {
            path: { dataset },
            query: { split, label: label ?? undefined, limit: IMAGES_IN_PAGE, cursor: page * IMAGES_IN_PAGE },
          },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
