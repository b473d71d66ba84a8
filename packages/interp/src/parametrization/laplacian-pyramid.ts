import { lowresField } from './lowres.ts';
import { sumOfFields, type Field, type ImageShape } from './parametrization.ts';

/** A sum of tensors of 1, 1/2, 1/4, ... of the size, interpolated. */
export function laplacianPyramidField(
  shape: ImageShape,
  { levels = 4, standardDeviation = 0.01 } = {},
): Field {
  const [batch, height, width, channels] = shape;
  const sizes = Array.from({ length: levels }, (_, level): ImageShape => {
    const factor = 2 ** level;
    return [
      batch,
      Math.max(1, Math.floor(height / factor)),
      Math.max(1, Math.floor(width / factor)),
      channels,
    ];
  });
  return sumOfFields(sizes.map((size) => lowresField(shape, size, { standardDeviation })));
}
