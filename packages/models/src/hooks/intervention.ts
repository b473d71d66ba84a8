/**
 * Hooks that change what a network computes, and so test what a part of it is for: replace, ablate, add, clamp,
 * at whole values or at chosen channels, heads and positions.
 */
import { randomFor, tf } from '@fovea/tensor';
import { ResampleError } from '../errors.ts';
import type { Hook, HookedModel, HookPoint } from '../hooked-model.ts';
import { maskOf, type Selection } from './selection.ts';

type Hooked = Pick<HookedModel, 'hookPoint'>;

/** By another value of the same shape, or one that broadcasts to it: an activation patch. */
export function replace(model: Hooked, layer: string, value: tf.Tensor, at: Selection = {}): Hook {
  return intervention(model, layer, at, () => value);
}

/** What takes the place of an ablated value. */
export type Ablation =
  /** Nothing. */
  | { readonly by: 'zero' }
  /**
   * The mean over the batch and over height, width and position: of the value itself, or of `reference`, values
   * of the same hook point on a data set [batch, ...].
   */
  | { readonly by: 'mean'; readonly reference?: tf.Tensor }
  /** The value on another example: of `reference` [batch, ...], or of the same batch, by `seed`. */
  | { readonly by: 'resample'; readonly reference: tf.Tensor }
  | { readonly by: 'resample'; readonly seed: number };

/** @throws ResampleError when a batch of one is to be resampled from itself */
export function ablate(
  model: Hooked,
  layer: string,
  ablation: Ablation = { by: 'zero' },
  at: Selection = {},
): Hook {
  return intervention(model, layer, at, (value, point) => {
    if (ablation.by === 'zero') return tf.zerosLike(value);
    if (ablation.by === 'mean') return meanOf(ablation.reference ?? value, point);
    return 'reference' in ablation ? ablation.reference : otherExamples(value, point.name, ablation.seed);
  });
}

/** Adds a value that broadcasts: [channels] moves every position along a direction, as steering does. */
export function addTo(model: Hooked, layer: string, value: tf.Tensor, at: Selection = {}): Hook {
  return intervention(model, layer, at, (present) => tf.add(present, value));
}

/** Keeps values between `min` and `max`. */
export function clamp(
  model: Hooked,
  layer: string,
  { min = -Infinity, max = Infinity }: { min?: number; max?: number },
  at: Selection = {},
): Hook {
  return intervention(model, layer, at, (value) => {
    const above = min === -Infinity ? value : tf.maximum(value, min);
    return max === Infinity ? above : tf.minimum(above, max);
  });
}

/** Several hooks, each seeing what those before it made. */
export function chain(...hooks: readonly Hook[]): Hook {
  const hook: Hook = (name, value) => {
    const last = hooks.reduce(
      (seen, each) => ((each.wants?.(name) ?? true) && each(name, seen)) || seen,
      value,
    );
    return last === value ? undefined : last;
  };
  return Object.assign(hook, {
    wants: (name: string) => hooks.some((each) => each.wants?.(name) ?? true),
  });
}

/** @throws UnknownLayerError at once; SelectionError when it runs */
function intervention(
  model: Hooked,
  layer: string,
  at: Selection,
  change: (value: tf.Tensor, point: HookPoint) => tf.Tensor,
): Hook {
  const point = model.hookPoint(layer);
  const hook: Hook = (_, value) =>
    tf.tidy(() => {
      const mask = maskOf(point, value.shape, at);
      const changed = tf.broadcastTo(change(value, point), value.shape);
      return mask ? tf.where(tf.broadcastTo(mask, value.shape), changed, value) : changed;
    });
  return Object.assign(hook, { wants: (name: string) => name === point.name });
}

function meanOf(values: tf.Tensor, { axes }: HookPoint): tf.Tensor {
  const places = axes.flatMap((axis, index) =>
    axis === 'height' || axis === 'width' || axis === 'position' ? [index + 1] : [],
  );
  return values.mean([0, ...places], true);
}

/** A turn of the batch by 1 to batch − 1 examples, so that none keeps its own. */
function otherExamples(value: tf.Tensor, layer: string, seed: number): tf.Tensor {
  const batch = value.shape[0];
  if (batch < 2) throw new ResampleError(layer);
  const turn = 1 + Math.floor(randomFor(seed, 0, `resample ${layer}`).uniform() * (batch - 1));
  return tf.concat([value.slice(turn), value.slice(0, turn)], 0);
}
