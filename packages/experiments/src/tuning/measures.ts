/** What tuning writes of a unit for each kind of stimulus, under a prefix of its own. */
import { stimuli } from '@fovea/data/stimuli';
import type { Measure } from '../measures.ts';

/** Curve detectors are found by rounded corners: theirs are the measures that everyone means by tuning. */
export function measurePrefix(stimulus: string): string {
  return stimulus === 'rounded-corner'
    ? 'curve'
    : stimulus.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export const tuningMeasures: readonly Measure[] = stimuli.flatMap(({ name, title, period }) => {
  const prefix = measurePrefix(name);
  const subject = name === 'rounded-corner' ? 'Curve' : title;
  const peak: Measure = {
    name: `${prefix}.peak`,
    title: `${subject}: peak`,
    description: `Strongest response to a ${title.toLowerCase()} in the middle of the image`,
    unit: '',
    first: 'high',
  };
  if (period === null) return [peak];
  return [
    {
      name: `${prefix}.selectivity`,
      title: `${subject}: selectivity`,
      description:
        'R, times the peak over the median peak of the layer where that is below one: by it detectors stand above units that hardly fire',
      unit: '',
      first: 'high',
    },
    {
      name: `${prefix}.R`,
      title: `${subject}: R`,
      description: `How much the response depends on the orientation of a ${title.toLowerCase()}: 0 not at all, 1 on one orientation alone`,
      unit: '',
      first: 'high',
    },
    {
      name: `${prefix}.peakDeg`,
      title: `${subject}: orientation`,
      description: 'At which the response is strongest',
      unit: '°',
      first: 'low',
    },
    peak,
    {
      name: `${prefix}.fwhm`,
      title: `${subject}: width`,
      description:
        'Degrees at which the response is at least half of its peak (FWHM): small for a sharp tuning',
      unit: '°',
      first: 'low',
    },
    {
      name: `${prefix}.echo`,
      title: `${subject}: echo`,
      description:
        'Response within 30° of the opposite orientation, as a share of the peak: 0 for a clean curve detector',
      unit: '',
      first: 'low',
    },
  ];
});
