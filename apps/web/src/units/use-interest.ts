'use client';
import { unwrap, type Unit } from '@fovea/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/client.ts';

/** Milliseconds between looks for pictures that are on their way. */
const PAUSE = 5_000;

/**
 * Says that somebody looks at the unit, so that an index makes its pictures before those of others. Returns whether
 * pictures are on their way; the unit is read anew until the first has come.
 */
export function useInterest({ model, layer, channel, pictures }: Unit): boolean {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ['units', model, layer.name, channel, 'interest'],
    queryFn: async () =>
      unwrap(
        await api.POST('/models/{model}/layers/{layer}/units/{channel}/interest', {
          params: { path: { model, layer: layer.name, channel } },
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
  const isComing = pictures.length === 0 && (data?.state === 'raised' || data?.state === 'coming');
  useEffect(() => {
    if (!isComing) return undefined;
    const timer = setInterval(
      () => void queries.invalidateQueries({ queryKey: ['units', model, layer.name, channel], exact: true }),
      PAUSE,
    );
    return () => clearInterval(timer);
  }, [queries, model, layer.name, channel, isComing]);
  return isComing;
}
