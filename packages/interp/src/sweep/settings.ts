export interface SweepSettings {
  /** Hook points, by name. */
  readonly layers: readonly string[];
  /** Images of one run; the last run may have fewer. The statistics do not depend on it. */
  readonly batch: number;
  /** How many images are kept of each unit: those in which it is highest anywhere. */
  readonly top: number;
  /** Images of which each unit's highest value, its place and the mean are kept: indices in increasing order. */
  readonly sample: readonly number[];
  /** Number of classes by which means are kept; 0 for none. */
  readonly classes: number;
}
