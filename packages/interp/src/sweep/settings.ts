export interface SweepSettings {
  /** Hook points, by name. */
  readonly layers: readonly string[];
  /** Images of one run; the last run may have fewer. The statistics do not depend on it. */
  readonly batch: number;
  readonly top: {
    /** How many are kept of each unit. */
    readonly count: number;
    /** `images`: the best position of each image; `positions`: whichever are highest, in whatever image. */
    readonly of: 'images' | 'positions';
  };
  /** Counts in equal bins from `from` to `to`, and of what lies below and above. Default: none. */
  readonly histogram?: HistogramRange;
}

export interface HistogramRange {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}
