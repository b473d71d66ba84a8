/**
 * Why a visualization shows nothing. Most failures of feature visualization are silent: the picture stays grey or
 * fills with noise, and nothing says why.
 */
import type { HookedModel } from '@fovea/models';
import { redirectedReluSteps } from '../constants.ts';
import type { GradientOverrides } from '../gradient/override.ts';
import type { Trace } from './checkpoint.ts';

export interface Finding {
  readonly code:
    | 'dead_unit'
    | 'vanishing_gradient'
    | 'wrong_value_range'
    | 'saturated_picture'
    | 'no_progress'
    | 'assumed_spectrum';
  /** A notice is to be kept in mind; a problem makes the picture doubtful. */
  readonly severity: 'problem' | 'notice';
  /** What was seen, and what may help. */
  readonly message: string;
}

export interface LayerActivity {
  readonly layer: string;
  /** Largest value of the whole layer. */
  readonly max: number;
}

/** Below Adam's epsilon by far: updates made of such gradients move nothing. */
export const tinyGradient = 1e-10;

/** Share of steps or of colour values above which something counts as the rule. */
const mostly = 0.5;

/** How near to black or white a colour counts as saturated. */
const saturationMargin = 1 / 255;

/** How much larger than in the self-test an activation may be at the start, where the picture is nearly grey. */
const tolerableExcess = 100;

export function diagnose(
  model: HookedModel,
  gradients: GradientOverrides,
  trace: Trace,
  picture: Float32Array,
  activity: { readonly first: readonly LayerActivity[]; readonly last: readonly LayerActivity[] },
): Finding[] {
  const findings = [
    ...gradientFindings(trace, gradients, activity.last),
    ...valueRangeFindings(model, activity.first),
  ];
  const saturated = saturatedShare(picture);
  if (saturated > mostly)
    findings.push({
      code: 'saturated_picture',
      severity: 'problem',
      message: `${percent(saturated)} of the colour values are black or white: lower the learning rate or the number of steps`,
    });
  const { first, best } = trace.objective;
  if (findings.length === 0 && trace.steps > 1 && best <= first)
    findings.push({
      code: 'no_progress',
      severity: 'problem',
      message: `The objective never rose above its first value, ${first}: raise the number of steps, or change the learning rate`,
    });
  return findings;
}

function gradientFindings(
  trace: Trace,
  { redirectedRelu }: GradientOverrides,
  last: readonly LayerActivity[],
): Finding[] {
  const { steps, zeroGradientSteps, tinyGradientSteps } = trace;
  // While ReLUs are redirected even a dead unit has a gradient.
  const unaided = redirectedRelu ? steps - redirectedReluSteps : steps;
  if (unaided > 0 && zeroGradientSteps > mostly * unaided) {
    const seen = `The gradient was exactly zero in ${zeroGradientSteps} of ${unaided} steps`;
    const silent = last.filter(({ max }) => max <= 0);
    if (silent.length > 0)
      return [
        {
          code: 'wrong_value_range',
          severity: 'problem',
          message: `${seen}, and no channel of ${silent.map(({ layer }) => layer).join(', ')} responds at all: the value range of the preprocessing is probably wrong`,
        },
      ];
    return [
      {
        code: 'dead_unit',
        severity: 'problem',
        message: `${seen}: the unit does not respond to this picture or any near it. Try another seed, the layer before its ReLU, or another channel; redirected ReLU helps if it was off`,
      },
    ];
  }
  if (tinyGradientSteps - zeroGradientSteps > mostly * steps)
    return [
      {
        code: 'vanishing_gradient',
        severity: 'problem',
        message: `The largest entry of the gradient was below ${tinyGradient} in ${tinyGradientSteps} of ${steps} steps, too small to move the picture: scale the objective up, or use the layer before a saturating nonlinearity such as softmax`,
      },
    ];
  return [];
}

function valueRangeFindings(
  { selfTest, preprocessing }: HookedModel,
  first: readonly LayerActivity[],
): Finding[] {
  const usual = new Map(selfTest?.layers.map(({ name, max }) => [name, max]));
  // Logits may all be negative.
  const excessive = first.filter(
    ({ layer, max }) => max > tolerableExcess * Math.abs(usual.get(layer) ?? Infinity),
  );
  if (excessive.length === 0) return [];
  const { layer, max } = excessive[0]!;
  const { scale, mean, std } = preprocessing;
  return [
    {
      code: 'wrong_value_range',
      severity: 'problem',
      message: `A nearly grey picture gives ${layer} values up to ${max}, where test images gave ${usual.get(layer)}: the preprocessing (scale ${scale}, mean ${mean.join(' ')}, std ${std.join(' ')}) is probably wrong`,
    },
  ];
}

function saturatedShare(picture: Float32Array): number {
  let saturated = 0;
  for (const value of picture) if (value < saturationMargin || value > 1 - saturationMargin) saturated++;
  return saturated / picture.length;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
