import type { TensorType } from '../graph.ts';

/**
 * Shape and type of what a kernel gives, from those of its inputs and from its attributes; a list where tfjs's kernel
 * gives a list. Each rule declares the inputs and attributes of its own kernel.
 * @throws UnsupportedAttributes
 */
export type ShapeRule = (inputs: never, attributes: never) => TensorType | readonly TensorType[];

/** The kernel has a rule, but not for these attributes. */
export class UnsupportedAttributes extends Error {
  override readonly name = 'UnsupportedAttributes';
}

export function requireThat(condition: boolean, message: string): void {
  if (!condition) throw new UnsupportedAttributes(message);
}
