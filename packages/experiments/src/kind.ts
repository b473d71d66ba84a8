/**
 * What a kind of experiment is: a schema that the form, the API, the CLI and the worker share, and a run that
 * turns a validated input into events. A run touches neither clock, disk nor database: whoever executes it
 * persists its events.
 */
import type { Dataset } from '@fovea/data';
import type { Calibration } from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import type { KindSchema } from './kind-schema.ts';

export interface RunContext {
  /** Loads a registered model by name; the executor owns its life. */
  loadModel(name: string): Promise<HookedModel>;
  /** Opens a registered dataset by name; the executor closes it. */
  loadDataset(name: string): Promise<Dataset>;
  /** Bytes of a stored object that the kind's schema says the input reads, by key. */
  loadObject(key: string): Promise<Uint8Array>;
  /** An artifact of one of the runs that the schema names as `shards`, by its place among them and its name. */
  loadShard?(index: number, artifact: string): Promise<Uint8Array>;
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
      /** Where the artifact is a picture of a unit. */
      picture?: UnitPicture;
    }
  | UnitsEvent
  | LayerEvent
  | { type: 'metric'; name: string; step: number; value: number }
  | { type: 'checkpoint'; step: number; bytes: Uint8Array };

/** What was found out, and about which layer. */
interface Evidence {
  readonly layer: string;
  /** Of the finding, mostly the name of the kind of experiment. */
  readonly kind: string;
  /** On what it rests: the digest of a data set, the name of another layer, or '' for the model alone. */
  readonly subject: string;
}

/** Findings about some units of a layer; each replaces what was known of that unit, kind and subject. */
export interface UnitsEvent extends Evidence {
  readonly type: 'units';
  readonly units: readonly UnitFinding[];
}

export interface UnitFinding {
  readonly channel: number;
  /** JSON for the unit's page, as the kind's schema of its evidence describes it. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** By the names of `measures`; those that are not finite are left out. */
  readonly measures?: Readonly<Record<string, number>>;
}

/** A finding about a layer as a whole. */
export interface LayerEvent extends Evidence {
  readonly type: 'layer';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface UnitPicture {
  readonly layer: string;
  readonly channel: number;
  /** `neuron`, `channel`, ... */
  readonly objective: string;
  /** 1 for what excites the unit, −1 for what inhibits it. */
  readonly sign: 1 | -1;
  /** Which of several that were not made by another seed alone, such as `diversity-2`; mostly ''. */
  readonly variant: string;
  readonly restart: number;
  /** The objective at the end. */
  readonly score: number | null;
  /** Name of an artifact that the run has yielded before. */
  readonly thumbnail: string | null;
}

export interface Kind<Input = unknown, Result = unknown> {
  readonly schema: KindSchema<Input, Result>;
  run(input: Input, context: RunContext): AsyncGenerator<RunEvent, Result>;
  /**
   * Measures how runs with such an input are best divided over the cores: side by side, or one by one on all. Null,
   * as without this method, where they can only be one by one.
   */
  calibrate?(input: Input, context: Pick<RunContext, 'loadModel'>): Promise<Calibration | null>;
}
