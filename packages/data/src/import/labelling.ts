import type { Column } from '../dataset.ts';

/** What is known of an image besides its pixels. */
export interface Label {
  readonly split: string;
  readonly label: number | null;
  readonly columns: Readonly<Record<string, number | string | null>>;
}

export interface Labelling {
  readonly classes: readonly string[];
  readonly columns: readonly Column[];
  /** By the path of the file; files without an entry do not belong to the dataset. */
  readonly labels: ReadonlyMap<string, Label>;
  /** Files that ought to be there. */
  readonly missing: readonly string[];
}
