/** The half of a kind that browsers may import: no tensor engine below this file. */
import type { z } from 'zod';

/** What a check needs to know of a model: the API has it in its rows, the worker in its hooked model. */
export interface ModelInfo {
  readonly name: string;
  /** A mean for each channel of its input. */
  readonly preprocessing: { readonly mean: readonly number[] };
  readonly hookPoints: readonly {
    readonly name: string;
    readonly channels: number;
    /** Without batch. */
    readonly shape: readonly number[];
    /** What each axis of the shape counts: `height`, `width`, `position`, `head`, `channel`, ... */
    readonly axes: readonly string[];
  }[];
  /** Class names of the logits, where known. */
  readonly classes?: readonly string[] | null;
}

/** What a check needs to know of a dataset. */
export interface DatasetInfo {
  readonly name: string;
  readonly classes: readonly string[];
  /** Number of images in each split. */
  readonly splits: Readonly<Record<string, number>>;
  readonly columns: readonly { readonly name: string; readonly type: 'number' | 'text' }[];
}

/** One thing wrong with an input that only the model or the dataset can tell. */
export interface InputIssue {
  readonly code:
    | 'unknown_layer'
    | 'channel_out_of_range'
    | 'wrong_length'
    | 'unknown_class'
    | 'not_spatial'
    | 'no_units'
    | 'unknown_split'
    | 'unknown_column'
    | 'not_rgb';
  /** Where in the input, as zod writes it. */
  readonly path: readonly (string | number)[];
  /** What was wrong, and what would be right. */
  readonly message: string;
  /** Valid values near the one given, nearest first. */
  readonly nearest: readonly string[];
}

export interface KindSchema<Input = unknown, Result = unknown> {
  /** Stable identifier, kebab-case: `feature-visualization`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Raised when the same input would give another result; part of a run's hash. */
  readonly version: number;
  readonly input: z.ZodType<Input>;
  readonly result: z.ZodType<Result>;
  /** Optimisation steps, batches or images that the input asks for, of the dataset where it is known; for progress and estimates. */
  steps(input: Input, dataset?: DatasetInfo | null): number;
  /** What one step computes, in a unit that compares inputs of one model, such as pixels; for estimates. */
  stepSize(input: Input): number;
  /** Name of the model that the input reads, or null. */
  model(input: Input): string | null;
  /** Name of the dataset that the input reads, or null. */
  dataset(input: Input): string | null;
  /** Keys of the stored objects that the input reads: an uploaded image, an artifact. Default: none. */
  objects?(input: Input): readonly string[];
  /**
   * Inputs of the same kind whose runs must have succeeded before this one begins, and whose artifacts it reads: parts
   * of the work, for several workers. Default: none.
   */
  shards?(input: Input): readonly Input[];
  /** Checks a valid input against the model and the dataset that it names; empty when all is right. */
  check(input: Input, model: ModelInfo, dataset?: DatasetInfo | null): readonly InputIssue[];
  /** Named starting points for the form and the CLI, laid over the defaults. */
  readonly presets: Readonly<Record<string, Partial<Input>>>;
}
