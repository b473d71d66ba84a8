import type { Measure } from '../measures.ts';

const perUnit: readonly Measure[] = [
  {
    name: 'mean',
    title: 'Mean',
    description: 'Mean activation over all images and positions of a dataset',
    unit: '',
    first: 'high',
  },
  {
    name: 'deviation',
    title: 'Deviation',
    description: 'Standard deviation of the activation over all images and positions',
    unit: '',
    first: 'high',
  },
  {
    name: 'skewness',
    title: 'Skewness',
    description:
      'Third standardised moment of the activation: high for a unit that is mostly low and rarely high',
    unit: '',
    first: 'high',
  },
  {
    name: 'kurtosis',
    title: 'Kurtosis',
    description:
      'Fourth standardised moment of the activation: 3 for a normal distribution, high for rare extremes',
    unit: '',
    first: 'high',
  },
  {
    name: 'maximum',
    title: 'Maximum',
    description: 'Highest activation at any position of any image',
    unit: '',
    first: 'high',
  },
  {
    name: 'nonZeroFraction',
    title: 'Non-zero',
    description:
      'Share of images and positions at which the unit is not zero, from 0 to 1: low for a sparse unit',
    unit: '',
    first: 'low',
  },
  {
    name: 'deadness',
    title: 'Deadness',
    description: 'Share of images in which the unit is nowhere above zero: 1 for a dead unit',
    unit: '',
    first: 'high',
  },
  {
    name: 'classSelectivity',
    title: 'Class selectivity',
    description:
      'How much one class drives the unit more than the others: 0 not at all, 1 for a unit that fires for a single class',
    unit: '',
    first: 'high',
  },
];

/** Prefix of what the class token of a transformer does, beside what the patches do. */
export const classTokenPrefix = 'classToken.';

export const activationSweepMeasures: readonly Measure[] = [
  ...perUnit,
  ...perUnit.map((measure) => ({
    ...measure,
    name: classTokenPrefix + measure.name,
    title: `${measure.title} of the class token`,
    description: `${measure.description}; of the class token alone`,
  })),
];
