/**
 * What a method may ask of any network, whatever its architecture.
 *
 * A network calls `hook(name, value)` at each of its hook points while it runs; what the hook returns flows
 * on. Capturing, replacing and ablating are all such functions, so a run traced symbolically needs nothing more.
 */
import type { tf } from '@fovea/tensor';
import type { Preprocessing } from './preprocessing.ts';
import type { SelfTest } from './self-test-result.ts';

/** Sees the value of a hook point; a tensor that it returns replaces the value downstream. */
export type Hook = (name: string, value: tf.Tensor) => tf.Tensor | void;

/** Operations whose gradient a method may want to override (redirected ReLU, smoothed max-pool). */
export interface Nonlinearities {
  /** Shape-preserving. */
  relu(x: tf.Tensor): tf.Tensor;
  /** Shape-preserving, clipped to [0, 6]. */
  relu6(x: tf.Tensor): tf.Tensor;
  /** NHWC. */
  maxPool(
    x: tf.Tensor4D,
    window: number | [number, number],
    stride: number | [number, number],
    padding: Padding,
  ): tf.Tensor4D;
}

/** TensorFlow's names, or explicit [top, bottom, left, right] in pixels. */
export type Padding = 'same' | 'valid' | readonly [number, number, number, number];

/** How large a patch of the input one position of a layer sees, in input pixels. */
export interface ReceptiveField {
  readonly size: number;
  readonly stride: number;
  /** Centre of position (0, 0) of the layer, in input pixels. */
  readonly offset: number;
}

export interface HookPoint {
  readonly name: string;
  /** What makes the value: `conv`, `relu`, `concat`, `max_pool`, `avg_pool`, `add`, `linear`, `logits`, ... */
  readonly kind: string;
  /** Without batch, at the nominal input size: [height, width, channels] or [channels]. */
  readonly shape: readonly number[];
  readonly channels: number;
  readonly receptiveField?: ReceptiveField;
  /** Learned values between this hook point and the ones before it. */
  readonly parameters: number;
}

export interface RunOptions {
  readonly hook?: Hook;
  readonly nonlinearities?: Partial<Nonlinearities>;
  /** Stop as soon as each of these has been computed; nothing beyond them is. Default: the logits. */
  readonly until?: readonly string[];
}

export interface HookedModel {
  readonly name: string;
  readonly architecture: string;
  /** sha256 over architecture, weights and preprocessing; every result names it. */
  readonly digest: string;
  readonly preprocessing: Preprocessing;
  /** In the order in which they are computed. */
  readonly hookPoints: readonly HookPoint[];
  readonly parameters: number;
  /** Class names of the logits, where known. */
  readonly classes?: readonly string[];
  /** What it did with test images when it was imported. */
  readonly selfTest?: SelfTest;

  /** Throws UnknownLayerError, which names the nearest hook points. */
  hookPoint(name: string): HookPoint;

  /** RGB image [batch, height, width, 3] in [0, 1] → what the network reads. Differentiable; does not resize. */
  preprocess(image: tf.Tensor4D): tf.Tensor4D;

  /**
   * Runs on preprocessed input [batch, height, width, channels] of any size that the network accepts.
   * Returns the values of `until` by name. Synchronous and free of reads, so that it can be traced.
   */
  run(input: tf.Tensor4D, options?: RunOptions): Record<string, tf.Tensor>;

  /** Frees the weights. */
  dispose(): void;
}
