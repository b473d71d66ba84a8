/**
 * A transform as data. Lengths are pixels, angles degrees, standard deviations pixels. `of` lists the values
 * among which each step chooses one with equal chances, so a value named twice is twice as likely.
 */
export type TransformExpression =
  | {
      readonly type: 'pad';
      readonly width: number;
      readonly mode?: 'reflect' | 'constant';
      /** Grey level in [0, 1], or `uniform` for a new one each step. */
      readonly value?: number | 'uniform';
    }
  | { readonly type: 'jitter'; readonly distance: number }
  | { readonly type: 'randomScale'; readonly of: readonly number[] }
  | { readonly type: 'randomScaleRange'; readonly from: number; readonly to: number }
  | { readonly type: 'randomRotate'; readonly of: readonly number[] }
  | { readonly type: 'randomBlur'; readonly kernelSize: number; readonly from: number; readonly to: number }
  | { readonly type: 'randomFlip'; readonly horizontal: boolean; readonly vertical: boolean }
  | { readonly type: 'cropOrPadTo'; readonly height: number; readonly width: number }
  | { readonly type: 'resize'; readonly height?: number; readonly width?: number }
  | { readonly type: 'normalizeGradient'; readonly scales?: readonly number[] }
  | { readonly type: 'collapseAlphaRandom'; readonly standardDeviation?: number }
  | {
      readonly type: 'randomCrops';
      readonly crops: number;
      /** Mean side of a crop as a part of the picture's, at the first and at the last step. */
      readonly boxFrom: number;
      readonly boxTo: number;
      /** Standard deviation of the noise added to the crops, in [0, 1] units of the picture. */
      readonly noise: number;
      /** Side of the crops after resizing, in pixels; default: the model's input. */
      readonly size?: number;
    };
