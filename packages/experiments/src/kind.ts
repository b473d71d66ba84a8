/**
 * What a kind of experiment is: a schema that the form, the API, the CLI and the worker share, and a run that
 * turns a validated input into events. A run touches neither clock, disk nor database: whoever executes it
 * persists its events.
 */
import type { Calibration } from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import type { KindSchema } from './kind-schema.ts';

export interface RunContext {
  /** Loads a registered model by name; the executor owns its life. */
  loadModel(name: string): Promise<HookedModel>;
  readonly seed: number;
  /** Aborted on cancel and on shutdown; a run checks it between steps. */
  readonly signal: AbortSignal;
  /** Bytes of the last checkpoint event of an earlier attempt. */
  readonly checkpoint?: Uint8Array;
  /** Of the processor; default: all cores. Results do not depend on it. */
  readonly threads?: number;
  /** What every artifact carries about its making. */
  readonly provenance: Provenance;
}

export interface Provenance {
  readonly modelDigest: string | null;
  readonly datasetDigest: string | null;
  readonly codeVersion: string;
  readonly backend: string;
}

export type RunEvent =
  | { type: 'progress'; step: number; total: number; loss: number | null }
  | { type: 'log'; level: 'info' | 'warning'; message: string }
  | { type: 'preview'; step: number; mediaType: string; bytes: Uint8Array }
  | {
      type: 'artifact';
      name: string;
      mediaType: string;
      bytes: Uint8Array;
      parameters: Record<string, unknown>;
    }
  | { type: 'metric'; name: string; step: number; value: number }
  | { type: 'checkpoint'; step: number; bytes: Uint8Array };

export interface Kind<Input = unknown, Result = unknown> {
  readonly schema: KindSchema<Input, Result>;
  run(input: Input, context: RunContext): AsyncGenerator<RunEvent, Result>;
  /**
   * Measures how runs with such an input are best divided over the cores: side by side, or one by one on all. Null,
   * as without this method, where they can only be one by one.
   */
  calibrate?(input: Input, context: Pick<RunContext, 'loadModel'>): Promise<Calibration | null>;
}
