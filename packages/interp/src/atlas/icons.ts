/** Icons of an atlas: what the network sees in the mean activation of each cell, as Lucid's `render_icons` makes them. */
import type { HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import type { Picture } from '../feature-visualization/feature-visualization.ts';
import type { FeatureVisualizationSettings } from '../feature-visualization/settings.ts';
import type { ObjectiveExpression } from '../objective/expression.ts';
import type { TransformExpression } from '../transform/expression.ts';
import { centralMaximum } from '../tuning/central-window.ts';
import { centralToken } from '../unit/central-token.ts';

export interface IconSettings {
  readonly layer: string;
  /** Side in pixels. */
  readonly size: number;
  readonly steps: number;
  /** Power of the cosine by which the dot product is multiplied. */
  readonly cossimPow: number;
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

const transforms: readonly TransformExpression[] = [
  { type: 'pad', width: 16, mode: 'constant', value: 0.5 },
  ...[4, 4, 8, 8, 8].map((distance) => ({ type: 'jitter', distance }) as const),
  { type: 'randomScale', of: numbers(20, 40).map((n) => 0.998 ** n) },
  {
    type: 'randomRotate',
    of: [...numbers(-20, 20), ...numbers(-10, 10), ...numbers(-5, 5), ...Array<number>(5).fill(0)],
  },
  { type: 'jitter', distance: 2 },
];

/**
 * A feature visualization that makes an icon of each direction in one batch.
 * @param directions whitened, [channels] each
 */
export function iconVisualization(
  model: HookedModel,
  directions: readonly (readonly number[])[],
  { layer, size, steps, cossimPow }: IconSettings,
): FeatureVisualizationSettings {
  const point = model.hookPoint(layer);
  const type = point.axes.length > 1 ? 'directionNeuron' : 'direction';
  const x = centralToken(model, point);
  const objectives = directions.map((vector, batch): ObjectiveExpression => ({
    type,
    layer,
    vector,
    batch,
    cossimPow,
    ...(x !== undefined && { x }),
  }));
  return {
    objective: { type: 'sum', of: [...objectives, { type: 'penalizeBoundaryComplexity', w: 5 }] },
    parametrization: { kind: 'fft', batch: directions.length, height: size, width: size, decorrelate: true },
    transforms,
    optimizer: { name: 'adam', learningRate: 0.05 },
    gradients: { redirectedRelu: true, maxPoolGradient: 'exact' },
    steps,
  };
}

/**
 * How well each icon shows its direction, without transforms: dot product · cosine^cossimPow in the middle of the layer.
 * Of several attempts the best one is kept.
 */
export async function iconScores(
  model: HookedModel,
  { shape, values }: Picture,
  directions: readonly (readonly number[])[],
  { layer, cossimPow }: IconSettings,
): Promise<number[]> {
  const central = tf.tidy(() => {
    const icons = tf.tensor4d(values, [...shape]);
    const { height, width } = model.preprocessing;
    const image = model.fixedSize ? tf.image.resizeBilinear(icons, [height, width]) : icons;
    const point = model.hookPoint(layer);
    const value = model.run(model.preprocess(image), { until: [layer] })[layer]!;
    return centralMaximum(value, model, point, 1);
  });
  const activations = await central.data<'float32'>();
  central.dispose();
  return directions.map((direction, icon) => {
    const activation = activations.subarray(icon * direction.length, (icon + 1) * direction.length);
    const dot = direction.reduce((sum, value, at) => sum + value * activation[at]!, 0);
    const norms = Math.hypot(...direction) * Math.hypot(...activation);
    return dot * Math.max(0, norms > 0 ? dot / norms : 0) ** cossimPow;
  });
}
