/** An ONNX graph without the values of its weights. */
import type { TensorProto } from './schema.ts';

export type Attribute = number | string | readonly number[] | readonly string[] | TensorProto;

export interface OnnxNode {
  /** The node's own name, or that of its first output. */
  readonly name: string;
  readonly operator: string;
  /** An empty name stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** What the exporter adds for readers. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** What enters or leaves the graph; the shape is undefined where the file does not say, a length if it varies. */
export interface Port {
  readonly name: string;
  readonly isInteger: boolean;
  readonly shape?: readonly (number | undefined)[];
}

export interface OnnxGraph {
  readonly opset: number;
  /** Each after those whose outputs it reads. */
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}
