import * as tf from '@tensorflow/tfjs';
import { UnsupportedKernelError } from './errors.ts';
import { UnsupportedAttributes } from './shapes/shape-rule.ts';

/** Runs a kernel's rule; where it refuses, the error names the kernel and the op. */
export function namingKernel<T>(kernel: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof UnsupportedAttributes)) throw error;
    throw unsupportedKernel(kernel, error.message);
  }
}

export function unsupportedKernel(kernel: string, detail?: string): UnsupportedKernelError {
  return new UnsupportedKernelError(kernel, currentOp(), detail);
}

/** tfjs opens a scope around each op and names it after the op. */
function currentOp(): string | undefined {
  const { state } = tf.engine() as unknown as {
    state: { scopeStack: readonly { readonly name: string }[] };
  };
  const suffix = '__op';
  const scope = state.scopeStack.findLast(({ name }) => name.endsWith(suffix));
  return scope?.name.slice(0, -suffix.length);
}
