/** Names of tensors in a checkpoint, made from those in the network by replacing parts of them. */
import type { Shape } from '../graph.ts';
import type { Source } from '../naming.ts';

/** Patterns and what stands for them, applied one after the other. */
export type Renaming = readonly (readonly [pattern: RegExp, replacement: string])[];

export function renamed(name: string, renaming: Renaming): string {
  return renaming.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), name);
}

/** One of queries, keys and values, where a checkpoint keeps the three in one tensor. */
export function fusedSource(stored: string, part: string, shape: Shape): Source {
  return { name: stored, shape: [3 * shape[0]!, ...shape.slice(1)], part: ['qkv'.indexOf(part), 3] };
}
