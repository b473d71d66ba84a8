import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { registerTensorflowKernels } from '../kernels/tensorflow/register-all.ts';
import { BackendUnavailableError, type Backend } from './backend.ts';
import { hostDevice } from './host.ts';
import { findTensorflowPackage, type TensorflowVariant } from './tensorflow-package.ts';

/** TensorFlow's own kernels on the processor, through tfjs-node. */
export const tensorflowBackend: Backend = {
  name: 'tensorflow',
  start: async () => {
    await startTensorflow('tensorflow');
    return { device: hostDevice(), threads: availableParallelism() };
  },
};

/** TensorFlow's CUDA kernels, through tfjs-node-gpu. */
export const tensorflowGpuBackend: Backend = {
  name: 'tensorflow-gpu',
  start: async () => {
    await startTensorflow('tensorflow-gpu');
    const { isUsingGpuDevice } = tf.backend() as unknown as { isUsingGpuDevice: boolean };
    if (!isUsingGpuDevice) {
      throw new BackendUnavailableError('tensorflow-gpu', 'its binding loads, but TensorFlow finds no GPU');
    }
    return { device: { name: 'CUDA GPU', memoryBytes: null }, threads: availableParallelism() };
  },
};

async function startTensorflow(variant: TensorflowVariant): Promise<void> {
  const folder = findTensorflowPackage(variant);
  if (folder === null) {
    throw new BackendUnavailableError(
      variant,
      `its package is not installed; \`npm run fovea -- backend install ${variant}\` sets it up`,
    );
  }
  loadBinding(variant, folder);
  if (!(await tf.setBackend('tensorflow'))) {
    throw new BackendUnavailableError(variant, 'TensorFlow failed to start');
  }
}

function loadBinding(variant: TensorflowVariant, folder: string): void {
  if (tf.findBackendFactory('tensorflow')) return;
  // tfjs-node still calls this function, which Node 23 removed.
  const legacy = util as unknown as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  try {
    createRequire(join(folder, 'package.json'))(folder);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = message.includes('tfjs_binding.node')
      ? `its native binding is missing; \`npm run fovea -- backend install ${variant}\` builds it`
      : `its native binding does not load: ${message.split('\n')[0]}`;
    throw new BackendUnavailableError(variant, reason, { cause: error });
  }
  registerTensorflowKernels();
}
