/** What a run makes for each unit, in order. */
import type { UnitPicturesInput } from './schema.ts';

/** One optimisation of one unit: a picture, or several that must differ. */
export interface Take {
  readonly channel: number;
  readonly objective: 'neuron' | 'channel';
  readonly sign: 1 | -1;
  readonly restart: number;
  /** Pictures that are optimised together. */
  readonly batch: number;
}

type Choice = Pick<UnitPicturesInput, 'channels' | 'objectives' | 'signs' | 'restarts' | 'diversity'>;

/**
 * Objective by objective, since what differs in no more than the unit shares its compiled steps, so that fewer of them
 * are in use at once.
 */
export function takesOf({ channels, objectives, signs, restarts, diversity }: Choice): readonly Take[] {
  const plain = objectives.flatMap((objective) =>
    signs.flatMap((sign) =>
      channels.flatMap((channel) =>
        Array.from({ length: restarts }, (_, restart) => ({ channel, objective, sign, restart, batch: 1 })),
      ),
    ),
  );
  if (diversity === 0) return plain;
  const diverse = { objective: 'channel', sign: 1, restart: 0, batch: diversity } as const;
  return [...plain, ...channels.map((channel) => ({ channel, ...diverse }))];
}

/** `12-neuron-positive-0`; with the number of the picture where there are several: `12-channel-positive-0-diversity-2`. */
export function nameOfPicture(take: Take, index: number): string {
  const { channel, objective, sign, restart } = take;
  const name = [channel, objective, sign === 1 ? 'positive' : 'negative', restart].join('-');
  const variant = variantOf(take, index);
  return variant === '' ? name : `${name}-${variant}`;
}

/** '' for the picture that stands alone. */
export function variantOf({ batch }: Take, index: number): string {
  return batch === 1 ? '' : `diversity-${index}`;
}
