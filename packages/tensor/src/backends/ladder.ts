import {
  BackendUnavailableError,
  UnknownBackendError,
  type Backend,
  type BackendName,
  type BackendReport,
  type BackendRung,
} from './backend.ts';
import { cpuBackend } from './cpu.ts';
import { wasmBackend } from './wasm.ts';

/** Fastest first. */
const ladder: readonly Backend[] = [wasmBackend, cpuBackend];

/**
 * Starts the fastest backend of this machine, or the one that `force` or else FOVEA_BACKEND names.
 * Throws UnknownBackendError, and BackendUnavailableError when a forced backend cannot run: it is never
 * replaced by another.
 */
export async function startBackend(options: { force?: string | undefined } = {}): Promise<BackendReport> {
  const force = options.force ?? (process.env.FOVEA_BACKEND || undefined);
  if (force !== undefined) {
    const rung = await climb(findBackend(force), true);
    if (!rung.available) throw new BackendUnavailableError(rung.name, rung.reason);
    return report(rung, [rung], true);
  }
  const rungs: BackendRung[] = [];
  for (const backend of ladder) {
    const rung = await climb(backend, false);
    rungs.push(rung);
    if (rung.available) return report(rung, rungs, false);
  }
  throw new BackendUnavailableError('cpu', 'no backend could be started');
}

/** Tries every rung of the ladder, and leaves the current backend as it was. */
export async function listBackends(): Promise<readonly BackendRung[]> {
  const rungs: BackendRung[] = [];
  for (const backend of ladder) rungs.push(await climb(backend, false));
  return rungs;
}

function findBackend(name: string): Backend {
  const backend = ladder.find((candidate) => candidate.name === name);
  if (!backend) throw new UnknownBackendError(name);
  return backend;
}

async function climb(backend: Backend, forced: boolean): Promise<BackendRung> {
  try {
    return { name: backend.name, available: true, ...(await backend.start({ forced })) };
  } catch (error) {
    if (!(error instanceof BackendUnavailableError)) throw error;
    return { name: backend.name, available: false, reason: error.reason };
  }
}

function report(
  { name, device, threads }: BackendRung & { available: true },
  rungs: readonly BackendRung[],
  forced: boolean,
): BackendReport {
  return { name: name satisfies BackendName, device, threads, forced, rungs };
}
