import { existsSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { mendAvgPoolGrad } from '../kernels/avg-pool-grad.ts';
import { registerEinsum } from '../kernels/einsum.ts';
import { registerLrnGrad } from '../kernels/webgpu/lrn-grad.ts';
import { BackendUnavailableError, type Backend, type BackendDevice } from './backend.ts';

/** What is used of WebGPU's GPUAdapter and of Dawn's binding for Node. */
interface Adapter {
  readonly info: { readonly vendor: string; readonly device: string; readonly description: string };
  readonly isFallbackAdapter?: boolean;
  readonly limits: { readonly maxBufferSize: number };
}
interface Gpu {
  requestAdapter(options?: { powerPreference?: 'high-performance' }): Promise<Adapter | null>;
}
interface Dawn {
  readonly globals: object;
  create(options: string[]): Gpu;
}

/** Where Linux shows GPUs: its own drivers, NVIDIA's, and those of Windows below WSL. */
const gpuDevices = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/**
 * Shaders on any GPU through Dawn, without CUDA. A software adapter is slower than WASM, so it is used only when
 * forced. Values are read with `await tensor.data()`: there is no `dataSync` on this backend.
 */
export const webgpuBackend: Backend = {
  name: 'webgpu',
  async start({ forced }) {
    // Without a GPU Dawn would take a second to find software only, and its drivers write to stderr.
    if (!forced && !mayHaveGpu())
      throw new BackendUnavailableError('webgpu', `there is no GPU: none of ${gpuDevices.join(', ')} exists`);
    const gpu = await loadDawn();
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new BackendUnavailableError('webgpu', 'Dawn finds no GPU and no Vulkan driver');
    if (isSoftware(adapter) && !forced) {
      const name = adapter.info.description || adapter.info.device;
      throw new BackendUnavailableError('webgpu', `its only adapter, ${name}, is software, slower than WASM`);
    }
    await registerWebgpu();
    if (!(await tf.setBackend('webgpu'))) {
      throw new BackendUnavailableError('webgpu', 'Dawn could not open the adapter');
    }
    return { device: describe(adapter), threads: 1 };
  },
};

function mayHaveGpu(): boolean {
  return process.platform !== 'linux' || gpuDevices.some((device) => existsSync(device));
}

async function loadDawn(): Promise<Gpu> {
  if (globalThis.navigator && 'gpu' in globalThis.navigator) return globalThis.navigator.gpu;
  let dawn: Dawn;
  try {
    dawn = await import('webgpu');
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new BackendUnavailableError('webgpu', `Dawn's binding does not load: ${reason}`, { cause: error });
  }
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  // Node's own navigator cannot be assigned to.
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  return gpu;
}

/** tfjs registers its backend when it is imported, and only where WebGPU is already there. */
async function registerWebgpu(): Promise<void> {
  if (tf.findBackendFactory('webgpu')) return;
  await import('@tensorflow/tfjs-backend-webgpu');
  mendAvgPoolGrad('webgpu');
  registerEinsum('webgpu');
  registerLrnGrad();
}

function isSoftware({ info, isFallbackAdapter }: Adapter): boolean {
  return (
    isFallbackAdapter === true ||
    /llvmpipe|lavapipe|swiftshader|software/i.test(`${info.description} ${info.device}`)
  );
}

function describe({ info }: Adapter): BackendDevice {
  return { name: info.description || `${info.vendor} ${info.device}`.trim(), memoryBytes: null };
}
