/** What a worker and the process that executes one run say to each other. */
import type { DatasetFiles, DatasetManifest } from '@fovea/data';
import type { Failure, RunEvent } from '@fovea/experiments';
import type { Sharing } from '@fovea/experiments';
import type { Manifest } from '@fovea/models';
import type { BackendReport } from '@fovea/tensor';

export interface RunOrder {
  readonly kind: string;
  readonly input: unknown;
  readonly seed: number;
  readonly model: { readonly manifest: Manifest; readonly weightsPath: string } | null;
  readonly dataset: { readonly manifest: DatasetManifest; readonly files: DatasetFiles | null } | null;
  /** Bytes of the stored objects that the input reads, by key. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly codeVersion: string;
  /** What the worker found to compute on when it started, so that not every run climbs the ladder again. */
  readonly backend: string;
  /** Of the processor. */
  readonly threads: number;
  /** Whether to find out, and tell, how such runs are best divided over the cores, before this one is made. */
  readonly calibrate: boolean;
  /** Bytes of the newest checkpoint of an earlier attempt. */
  readonly checkpoint: Uint8Array | null;
}

export type ToChild =
  | { type: 'execute'; order: RunOrder }
  /** Starts the backend, reports it and ends: how a worker learns what it computes on. */
  | { type: 'probe' }
  | { type: 'cancel' }
  /** The event numbered `number` is stored; the child waits for this where bytes would pile up. */
  | { type: 'stored'; number: number }
  /** The answer to the `loadShard` of that number. */
  | { type: 'shard'; number: number; bytes: Uint8Array };

export type FromChild =
  | { type: 'backend'; report: BackendReport }
  | { type: 'calibration'; sharing: Sharing }
  | { type: 'event'; number: number; event: RunEvent }
  /** Asks for an artifact of one of the runs whose results this one merges. */
  | { type: 'loadShard'; number: number; index: number; artifact: string }
  | { type: 'result'; result: unknown }
  | { type: 'cancelled' }
  | { type: 'failure'; failure: Failure };
