import type { TensorType } from './graph.ts';
import { trace, type TensorFunction, type TensorSpec } from './trace.ts';

/**
 * Shapes and types of what a function returns for inputs of these shapes. Nothing is computed.
 * @throws UnsupportedKernelError, SymbolicValueError, and what the function throws
 */
export function resultTypes(
  run: TensorFunction,
  inputs: Readonly<Record<string, TensorSpec>>,
): Readonly<Record<string, TensorType>> {
  return trace(run, inputs).graph.outputs;
}
