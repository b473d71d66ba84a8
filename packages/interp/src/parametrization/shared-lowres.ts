import { fourierField, type FourierOptions } from './fourier.ts';
import { lowresField } from './lowres.ts';
import { sumOfFields, type Field, type ImageShape } from './parametrization.ts';

/** Parts of the size that a level has, and by how many members of the batch it differs. */
const sharedLevels = [
  { factor: 2, members: 1 },
  { factor: 4, members: 1 },
  { factor: 8, members: 1 },
  { factor: 8, members: 2 },
  { factor: 16, members: 1 },
  { factor: 16, members: 2 },
] as const;

/**
 * Pictures of one batch that share their coarse structure, so that analogous things are drawn at the same place:
 * Fourier coefficients of each, plus low-resolution parts of all. The levels are those of Lucid's notebook on
 * differentiable parameterizations (aligned neuron interpolation).
 */
export function sharedLowresField(shape: ImageShape, options: FourierOptions = {}): Field {
  const [batch, height, width, channels] = shape;
  const { standardDeviation } = options;
  const shared = sharedLevels.map(({ factor, members }) => {
    const underlying: ImageShape = [
      Math.min(members, batch),
      Math.max(1, Math.floor(height / factor)),
      Math.max(1, Math.floor(width / factor)),
      channels,
    ];
    return lowresField(shape, underlying, { standardDeviation });
  });
  return sumOfFields([fourierField(shape, options), ...shared]);
}
