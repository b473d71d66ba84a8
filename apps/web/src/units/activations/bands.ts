import type { ActivationExample } from '@fovea/experiments/schema';

export interface Band {
  readonly title: string;
  readonly examples: readonly {
    readonly example: ActivationExample;
    /** Among all. */ readonly index: number;
  }[];
}

const percent = (share: number) => `${Number((100 * share).toFixed(2))}`;

/** The highest, then band by band downwards. @param edges quantiles that part the bands */
export function bandsOf(examples: readonly ActivationExample[], edges: readonly number[]): Band[] {
  const places = examples.map((example, index) => ({ example, index }));
  const groups = Map.groupBy(places, ({ example }) => example.band);
  return [...groups].map(([band, ofBand]) => ({ title: titleOf(band, edges), examples: ofBand }));
}

function titleOf(band: number | null, edges: readonly number[]): string {
  if (band === null) return 'Highest';
  return `Drawn from ${percent(edges[band] ?? 0)} to ${percent(edges[band + 1] ?? 1)} % of the images by their highest value`;
}
