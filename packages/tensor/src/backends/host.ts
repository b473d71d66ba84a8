import { cpus, totalmem } from 'node:os';
import type { BackendDevice } from './backend.ts';

/** The processor that runs the backends without an accelerator. */
export function hostDevice(): BackendDevice {
  return { name: cpus()[0]?.model.trim() || process.arch, memoryBytes: totalmem() };
}
