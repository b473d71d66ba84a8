import * as tf from '@tensorflow/tfjs';
import { registerGradients } from '../gradients/register-all.ts';
import {
  BackendUnavailableError,
  UnknownBackendError,
  type Backend,
  type BackendOptions,
  type BackendReport,
  type BackendRung,
} from './backend.ts';
import { cpuBackend } from './cpu.ts';
import { tensorflowBackend, tensorflowGpuBackend } from './tensorflow.ts';
import { wasmBackend } from './wasm.ts';
import { webgpuBackend } from './webgpu.ts';

// Without this tfjs advises to install another backend whenever the cpu one starts.
tf.enableProdMode();
registerGradients();

/** Fastest first. */
const ladder: readonly Backend[] = [
  tensorflowGpuBackend,
  tensorflowBackend,
  webgpuBackend,
  wasmBackend,
  cpuBackend,
];

export interface StartOptions {
  /** Name of the one backend to use; default: FOVEA_BACKEND, else the fastest that starts. */
  readonly force?: string | undefined;
  /** Threads on the host; default: FOVEA_THREADS, else what suits the machine. */
  readonly threads?: number | undefined;
}

/**
 * Starts the fastest backend of this machine, or the one that is forced.
 *
 * Throws UnknownBackendError, and BackendUnavailableError when a forced backend cannot run: another never takes
 * its place.
 */
export async function startBackend(options: StartOptions = {}): Promise<BackendReport> {
  const force = options.force ?? (process.env.FOVEA_BACKEND || undefined);
  const threads = options.threads ?? threadsOfEnvironment();
  if (force !== undefined) return startForced(findBackend(force), threads);
  const rungs: BackendRung[] = [];
  for (const backend of ladder) {
    const rung = await climb(backend, { forced: false, threads });
    rungs.push(rung);
    if (rung.available) return { ...rung, forced: false, rungs };
  }
  throw new BackendUnavailableError('cpu', 'nothing on the ladder could be started');
}

/** What each rung of the ladder says on this machine; the current backend stays current. */
export async function listBackends(): Promise<readonly BackendRung[]> {
  const current = tf.engine().backendName;
  const rungs: BackendRung[] = [];
  for (const backend of ladder) rungs.push(await climb(backend, { forced: false }));
  if (current) await tf.setBackend(current);
  return rungs;
}

async function startForced(backend: Backend, threads: number | undefined): Promise<BackendReport> {
  const rung = await climb(backend, { forced: true, threads });
  if (!rung.available) throw new BackendUnavailableError(rung.name, rung.reason);
  return { ...rung, forced: true, rungs: [rung] };
}

function findBackend(name: string): Backend {
  const backend = ladder.find((candidate) => candidate.name === name);
  if (!backend) throw new UnknownBackendError(name);
  return backend;
}

async function climb(backend: Backend, options: BackendOptions): Promise<BackendRung> {
  try {
    return { name: backend.name, available: true, ...(await backend.start(options)) };
  } catch (error) {
    if (!(error instanceof BackendUnavailableError)) throw error;
    return { name: backend.name, available: false, reason: error.reason };
  }
}

function threadsOfEnvironment(): number | undefined {
  const value = process.env.FOVEA_THREADS;
  if (!value) return undefined;
  const threads = Number(value);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new RangeError(`FOVEA_THREADS must be a positive whole number, got "${value}".`);
}
