/** What the process of an index and those that execute its runs say to each other. */
import type { PlannedRun } from '@fovea/platform';
import type { ExitCode } from '../exit-codes.ts';
import type { SavedFiles } from './run-folder.ts';

export interface IndexOrder {
  readonly planned: PlannedRun;
  readonly seed: number;
  readonly threads: number;
  /** Of the index. */
  readonly root: string;
}

export type IndexMessage =
  | { readonly type: 'progress'; readonly step: number; readonly total: number }
  | { readonly type: 'done'; readonly files: SavedFiles }
  | { readonly type: 'failed'; readonly exitCode: ExitCode; readonly message: string };
