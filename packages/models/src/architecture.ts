/**
 * What a network of the literature is, apart from its weights: how it is drawn, what it expects to see, and
 * how its checkpoints name things. Adding one takes a file in `architectures/` and a line in
 * `known-architectures.ts`.
 */
import type { Node, Shape } from './graph.ts';
import type { InputSpec } from './hooked-model.ts';
import type { Naming } from './naming.ts';
import type { Preprocessing } from './preprocessing.ts';

export interface Architecture {
  /** As the field spells it: `inception_v3`, `resnet`, `vit`. */
  readonly name: string;
  readonly title: string;
  /**
   * The forms in which its checkpoints were published. Checkpoints of the same name can differ in arithmetic
   * (padding, batch norm, input range), in tensor names, and in how far they go. The first that fits is taken
   * unless an import names another.
   */
  readonly variants: readonly [Variant, ...Variant[]];
  /**
   * The form that a checkpoint describes itself, for sizes that were not published; undefined where it is of
   * another architecture. It is asked when no published variant fits.
   * @throws UnsupportedConfigurationError
   */
  configure?(description: CheckpointDescription): Variant | undefined;
}

/** What a checkpoint says about its network. */
export interface CheckpointDescription {
  /** Names and shapes as stored. */
  readonly tensors: ReadonlyMap<string, { readonly shape: Shape }>;
  /** The parsed `config.json` beside the weights, if there is one. */
  readonly config?: unknown;
}

export interface Variant {
  /** Unique over all architectures, as the field spells it: `resnet50`, `vit_base_patch16_224`. */
  readonly name: string;
  /** Where checkpoints of this form come from and what sets them apart. */
  readonly description: string;
  /** Also gives the main input its shape, where that is an image. */
  readonly preprocessing: Preprocessing;
  /** Name of the main input, or all of it where that is no image, such as token ids. Default: `image`. */
  readonly mainInput?: string | InputSpec;
  /** What it reads beside the main input, such as token ids. */
  readonly otherInputs?: readonly InputSpec[];
  /**
   * From the inputs to the outputs, by way of `blocks/` and `hook`.
   * @returns what nothing else depends on; the network's own output, such as the logits, last
   */
  forward(main: Node, others: Readonly<Record<string, Node>>): Node | readonly Node[];
  /** How its checkpoints may name things. Default: as the network does. */
  readonly namings?: readonly [Naming, ...Naming[]];
}
