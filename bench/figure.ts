/** A figure: two quantities measured in one run, and their ratio. A quantity alone says little on a shared machine. */
import type { Body } from './pairs.ts';

export interface Quantity {
  /** What was measured, as in "compiled". */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

export interface Measurement {
  readonly ours: Quantity;
  readonly reference: Quantity;
  readonly ratio: number;
  /** How the ratio comes from the two, as in "reference / ours". */
  readonly ratioOf: 'reference / ours' | 'ours / reference';
  /** In the order in which they were measured, where they were measured in turns. */
  readonly pairs?: readonly (readonly [ours: number, reference: number])[];
  /** How to read it, where that is not plain. */
  readonly note?: string;
}

export interface Figure {
  /** As `--only` names it. */
  readonly name: string;
  readonly title: string;
  measure(): Promise<Measurement>;
  /** What a peer is compared with, where another program can do the same. */
  readonly body?: () => Promise<Body>;
}
