/**
 * What a network of the literature is, apart from its weights: how it is drawn, and what it expects to see.
 * Adding one takes a file in `architectures/` and a line in `known-architectures.ts`.
 */
import type { Node } from './graph.ts';
import type { Preprocessing } from './preprocessing.ts';

export interface Architecture {
  /** As the field spells it: `inception_v3`. */
  readonly name: string;
  readonly title: string;
  /**
   * The forms in which its checkpoints were published. Checkpoints of the same name can differ in arithmetic
   * (padding, batch norm, input range), in tensor names, and in how far they go. The first that fits is taken
   * unless an import names another.
   */
  readonly variants: readonly [Variant, ...Variant[]];
}

export interface Variant {
  readonly name: string;
  /** Where checkpoints of this form come from and what sets them apart. */
  readonly description: string;
  readonly preprocessing: Preprocessing;
  /** From the preprocessed image to the output, by way of `blocks.ts` and `hook`. */
  forward(input: Node): Node;
}
