/**
 * What a method may ask of any network, whatever its architecture.
 *
 * A network calls `hook(name, value)` at each of its hook points while it runs; what the hook returns flows
 * on. Capturing, replacing and ablating are all such functions (`hooks/`), so a run traced symbolically needs
 * nothing more.
 */
import type { tf } from '@fovea/tensor';
import type { Weights } from './graph.ts';
import type { Naming } from './naming.ts';
import type { Network } from './network.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { SelfTest } from './self-test-result.ts';

/**
 * Sees the value of a hook point, with batch; a tensor that it returns replaces the value downstream. The
 * value lives no longer than the run needs it: a hook that keeps it clones it, and outside of any tidy calls
 * `tf.keep` on the clone.
 */
export interface Hook {
  (name: string, value: tf.Tensor): tf.Tensor | void;
  /** The hook points that it wants to see. Default: all, also those that only exist when asked for. */
  readonly wants?: (name: string) => boolean;
}

/** What an axis of a value counts. A unit is an index along `channel`. */
export type Axis = 'height' | 'width' | 'position' | 'head' | 'query' | 'key' | 'channel';

/** A value that enters a network from outside. */
export interface InputSpec {
  readonly name: string;
  /** Without batch, at the nominal size. */
  readonly shape: readonly number[];
  readonly axes: readonly Axis[];
  readonly dtype: 'float32' | 'int32';
}

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
  /** Without batch, at the nominal input size. */
  readonly shape: readonly number[];
  /** What each axis of `shape` counts. */
  readonly axes: readonly Axis[];
  /** Length of the last axis. */
  readonly channels: number;
  readonly receptiveField?: ReceptiveField;
  /** Learned values between this hook point and the ones before it. */
  readonly parameters: number;
  /** The inputs and hook points from which it is computed, without any other hook point in between. */
  readonly sources: readonly string[];
}

export interface RunOptions {
  readonly hook?: Hook;
  /** Sees the gradient with respect to the value of a hook point, when the run is differentiated. */
  readonly gradientHook?: Hook;
  readonly nonlinearities?: Partial<Nonlinearities>;
  /** Stop as soon as each of these has been computed; nothing beyond them is. Default: the last hook point. */
  readonly until?: readonly string[];
  /**
   * Values of hook points, with batch, from which to go on: nothing is computed on which only they depend.
   * They flow on as given and are shown to no hook.
   */
  readonly from?: Readonly<Record<string, tf.Tensor>>;
}

/** The main input, preprocessed, or all that the wanted values depend on, by name. */
export type RunInput = tf.Tensor | Readonly<Record<string, tf.Tensor>>;

export interface HookedModel {
  readonly name: string;
  readonly architecture: string;
  readonly variant: string;
  /** sha256 over architecture, weights and preprocessing; every result names it. */
  readonly digest: string;
  readonly preprocessing: Preprocessing;
  /** The main one, which `preprocess` makes of an image, first. */
  readonly inputs: readonly InputSpec[];
  /** Whether it only reads images of the nominal size, as vision transformers do. */
  readonly fixedSize: boolean;
  readonly network: Network;
  /** Of the model: they live as long as it does. */
  readonly weights: Weights;
  /** How the checkpoint names what the network holds. */
  readonly naming: Naming;
  /** In the order in which they are computed. */
  readonly hookPoints: readonly HookPoint[];
  readonly parameters: number;
  /** Class names of the logits, where known. */
  readonly classes?: readonly string[];
  /** What it did with test images when it was imported. */
  readonly selfTest?: SelfTest;

  /** By its name, or by that of the module in the implementation that the checkpoint comes from. Throws
   *  UnknownLayerError, which names the nearest hook points. */
  hookPoint(name: string): HookPoint;

  /** Image [batch, height, width, channels] in [0, 1] → what the network reads. Differentiable; does not resize. */
  preprocess(image: tf.Tensor4D): tf.Tensor4D;

  /**
   * Runs on input [batch, height, width, channels] of any size that the network accepts. Returns the values of
   * `until` by the names given. Synchronous and free of reads, so that it can be traced.
   * Throws UnknownLayerError, MissingInputError, InputShapeError.
   */
  run(input: RunInput, options?: RunOptions): Record<string, tf.Tensor>;

  /** Frees the weights. */
  dispose(): void;
}
