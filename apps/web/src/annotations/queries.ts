/** What people write about units, circuits and runs. */
import { unwrap, type Annotations } from '@fovea/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';

const key = (subject: string) => ['annotations', subject] as const;
const pathOf = (subject: string) => ({ path: { subject } });

export const annotationsQuery = (subject: string) =>
  queryOptions({
    queryKey: key(subject),
    queryFn: async ({ signal }): Promise<Annotations> =>
      unwrap(await api.GET('/annotations/{subject}', { params: pathOf(subject), signal })),
    staleTime: 10_000,
  });

export const commentsQuery = (subject: string) =>
  infiniteQueryOptions({
    queryKey: [...key(subject), 'comments'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      unwrap(
        await api.GET('/annotations/{subject}/comments', {
          params: { ...pathOf(subject), query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Tags in use, the most used first. */
export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }) =>
    unwrap(await api.GET('/tags', { params: { query: { limit: 200 } }, signal })),
  select: (list) => list.items,
  staleTime: 10_000,
});

export const saveNote = async (subject: string, body: string, version: number) =>
  unwrap(await api.PUT('/annotations/{subject}/note', { params: pathOf(subject), body: { body, version } }));

const tagParams = (subject: string, name: string) => ({ params: { path: { subject, name } } });

export const addTag = async (subject: string, name: string) =>
  unwrap(await api.PUT('/annotations/{subject}/tags/{name}', tagParams(subject, name)));

export const removeTag = async (subject: string, name: string) =>
  unwrap(await api.DELETE('/annotations/{subject}/tags/{name}', tagParams(subject, name)));

export const addComment = async (subject: string, body: string) =>
  unwrap(await api.POST('/annotations/{subject}/comments', { params: pathOf(subject), body: { body } }));

export const changeComment = async (id: string, body: string) =>
  unwrap(await api.PUT('/comments/{id}', { params: { path: { id } }, body: { body } }));

export const deleteComment = async (id: string) =>
  unwrap(await api.DELETE('/comments/{id}', { params: { path: { id } } }));
