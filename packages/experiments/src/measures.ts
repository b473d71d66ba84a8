/** The numbers that runs find for each unit, as pages name, explain and sort them. */
import { activationSweepMeasures } from './activation-sweep/measures.ts';
import { tuningMeasures } from './tuning/measures.ts';
import { unitWeightsMeasures } from './unit-weights/measures.ts';
import { weightSparsityMeasures } from './weight-sparsity/measures.ts';

export interface Measure {
  /** As runs give it: `nonZeroFraction`, `curve.R`, `weights.gini`, ... */
  readonly name: string;
  readonly title: string;
  /** A sentence: what it is, between which values, and how to read it. */
  readonly description: string;
  /** Such as `°`; '' where it has none. */
  readonly unit: string;
  /** Which end a reader looks for first. */
  readonly first: 'high' | 'low';
}

export const measures: readonly Measure[] = [
  ...activationSweepMeasures,
  ...tuningMeasures,
  ...unitWeightsMeasures,
  ...weightSparsityMeasures,
];
