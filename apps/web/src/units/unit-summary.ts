import type { Unit } from '@fovea/client';
import { measures as known } from '@fovea/experiments/schema';
import { formatValue } from '../format/number.ts';

/** What a reader who sees only a line or a small picture should know first. */
const telling = [
  'curve.R',
  'curve.peakDeg',
  'curve.fwhm',
  'maximum',
  'nonZeroFraction',
  'kurtosis',
  'classSelectivity',
];

export interface KeyFact {
  readonly title: string;
  readonly value: string;
}

export function keyFacts({ measures }: Unit): KeyFact[] {
  return telling.flatMap((name) => {
    const measure = measures.find((each) => each.name === name);
    if (!measure) return [];
    const about = known.find((each) => each.name === name);
    return [{ title: about?.title ?? name, value: formatValue(measure.value) + (about?.unit ?? '') }];
  });
}

/** "Channel 12 of 112, branch3x3. Curve R 0.93, ..." */
export function summaryOf(unit: Unit): string {
  const { channel, layer, branch, tags } = unit;
  const place = `Channel ${channel} of the ${layer.channels} of ${layer.name}${branch ? `, ${branch}` : ''}.`;
  const facts = keyFacts(unit).map(({ title, value }) => `${title} ${value}`);
  return [place, ...(facts.length > 0 ? [`${facts.join(', ')}.`] : []), ...tags.map((tag) => `#${tag}`)].join(
    ' ',
  );
}
