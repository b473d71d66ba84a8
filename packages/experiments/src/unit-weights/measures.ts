import type { Measure } from '../measures.ts';

export const unitWeightsMeasures: readonly Measure[] = [
  {
    name: 'weights.inputNorm',
    title: 'Input weights',
    description: 'Root of the sum of squares of all effective weights from the layer before',
    unit: '',
    first: 'high',
  },
  {
    name: 'weights.outputNorm',
    title: 'Output weights',
    description:
      'Root of the sum of squares of all effective weights to the layer after: low for a unit that few read',
    unit: '',
    first: 'high',
  },
  {
    name: 'weights.excitation',
    title: 'Excitation',
    description:
      'Share of the strength of input weights that belongs to units that excite, by the L2 norm of kernels, from 0 to 1',
    unit: '',
    first: 'high',
  },
];
