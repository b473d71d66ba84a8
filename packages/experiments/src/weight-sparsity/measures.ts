import type { Measure } from '../measures.ts';

/** Of the effective weights from the layer before, all residual paths summed. */
export const weightSparsityMeasures: readonly Measure[] = [
  {
    name: 'weights.gini',
    title: 'Gini of weights',
    description: 'How unequal input weights are: 0 where all are alike, near 1 where one has everything',
    unit: '',
    first: 'high',
  },
  {
    name: 'weights.hoyer',
    title: 'Hoyer sparsity',
    description:
      'By the ratio of the L1 to the L2 norm of input weights: 0 where all are alike, 1 where one has everything',
    unit: '',
    first: 'high',
  },
  {
    name: 'weights.participationRatio',
    title: 'Participation ratio',
    description:
      'How many input weights of one size would be as spread: low for a unit that is built from few',
    unit: '',
    first: 'low',
  },
  {
    name: 'weights.kurtosis',
    title: 'Kurtosis of weights',
    description:
      'Fourth standardised moment of input weights: 3 if they are normal, high where few are large',
    unit: '',
    first: 'high',
  },
  {
    name: 'weights.l0At10',
    title: 'Weights over 10 %',
    description: 'Share of input weights that are at least a tenth of the largest, from 0 to 1',
    unit: '',
    first: 'low',
  },
  {
    name: 'weights.l0At30',
    title: 'Weights over 30 %',
    description: 'Share of input weights that are at least 0.3 of the largest, from 0 to 1',
    unit: '',
    first: 'low',
  },
];
