/** What the main thread asks a session thread, and what it answers. */
import type { TensorTypeName } from '../onnx/model.ts';
import type { Values } from '../graph.ts';
import type { Provider } from './provider.ts';

export interface FeedTensor {
  readonly type: TensorTypeName;
  readonly dims: readonly number[];
  readonly values: Values;
}

/** Where the runs of a session are computed. */
export interface Placement {
  readonly provider: Provider;
  /** Of one run, on the processor. */
  readonly threads: number;
}

export type Request =
  /** Loads onnxruntime. */
  | { readonly task: 'load' }
  | {
      readonly task: 'open';
      /** The bytes of an ONNX model, or the path of its file. */
      readonly model: Uint8Array | string;
      readonly placement: Placement;
    }
  | { readonly task: 'run'; readonly session: number; readonly feeds: Readonly<Record<string, FeedTensor>> }
  | { readonly task: 'close'; readonly session: number };

export interface Answers {
  /** Its version. */
  readonly load: string;
  /** The session's number within its thread. */
  readonly open: number;
  readonly run: Readonly<Record<string, Values>>;
  readonly close: null;
}

export type Answer = Answers[Request['task']];

export interface Call {
  readonly id: number;
  readonly request: Request;
}

export type Reply =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: string; readonly isUnavailable: boolean };
