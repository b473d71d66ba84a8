import type { UnitSummary } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SelectOption } from '../ui/select.tsx';
import { parsePictures, pictureOptions } from './picture-choice.ts';
import { layerPicturesQuery } from './queries.ts';

export interface Pictures {
  readonly options: readonly SelectOption[];
  /** Address of the picture that a unit is shown by; null where there is none. */
  readonly urlOf: (unit: UnitSummary) => string | null;
}

/** @param chosen as the address names it; null for those that units are shown by everywhere */
export function usePictures(model: string, layer: string, chosen: string | null): Pictures {
  const choice = parsePictures(chosen);
  const isChosen = choice !== null;
  const positive = useQuery(layerPicturesQuery(model, layer, null, 1));
  const negative = useQuery(layerPicturesQuery(model, layer, null, -1));
  const { data } = useQuery({
    ...layerPicturesQuery(model, layer, choice?.objective ?? null, choice?.sign ?? 1),
    enabled: isChosen,
  });
  return useMemo(() => {
    const urls = new Map(data?.items.map(({ channel, url }) => [channel, url]));
    return {
      options: pictureOptions(positive.data?.objectives ?? [], negative.data?.objectives ?? []),
      urlOf: (unit) => (isChosen ? (urls.get(unit.channel) ?? null) : unit.thumbnail),
    };
  }, [isChosen, data, positive.data, negative.data]);
}
