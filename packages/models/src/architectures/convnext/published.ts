/** The ConvNeXts that timm, torchvision and Meta publish. */
import { imagenetPreprocessing, type Preprocessing } from '../../preprocessing.ts';
import type { Pointwise } from './namings.ts';
import type { ConvNextSize } from './size.ts';

export interface PublishedConvNext {
  readonly name: string;
  readonly description: string;
  readonly size: ConvNextSize;
  readonly preprocessing: Preprocessing;
  /** How timm stores the perceptrons. */
  readonly pointwise: Pointwise;
}

const shallow = [2, 2, 6, 2];
const deep = [3, 3, 27, 3];

type Row = readonly [name: string, depths: readonly number[], width: number, pointwise?: Pointwise];

const small: readonly Row[] = [
  ['atto', shallow, 40, 'convolution'],
  ['femto', shallow, 48, 'convolution'],
  ['pico', shallow, 64, 'convolution'],
  ['nano', [2, 2, 8, 2], 80, 'convolution'],
  ['tiny', [3, 3, 9, 3], 96],
];

const versions: readonly (readonly [family: string, description: string, rows: readonly Row[]])[] = [
  [
    'convnext',
    'The first version, which scales what a block writes',
    [...small, ['small', deep, 96], ['base', deep, 128], ['large', deep, 192], ['xlarge', deep, 256]],
  ],
  [
    'convnextv2',
    'The second version, with global response normalisation',
    [...small, ['base', deep, 128], ['large', deep, 192], ['huge', deep, 352]],
  ],
];

export const publishedConvNexts: readonly PublishedConvNext[] = versions.flatMap(
  ([family, description, rows]) =>
    rows.map(([name, depths, width, pointwise = 'linear']) => ({
      name: `${family}_${name}`,
      description,
      size: {
        depths,
        widths: [width, 2 * width, 4 * width, 8 * width],
        patch: 4,
        activation: 'gelu',
        epsilon: 1e-6,
        finalEpsilon: 1e-6,
        layerScale: family === 'convnext',
        responseNorm: family === 'convnextv2',
        classes: 1000,
      },
      preprocessing: { ...imagenetPreprocessing, interpolation: 'bicubic' },
      pointwise,
    })),
);
