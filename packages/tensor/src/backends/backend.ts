/**
 * A backend executes the kernels of tfjs on some device. It is not a way to write methods: those are written
 * once, on the ops of `tf`, and every backend gives the same numbers up to rounding. It is chosen once per
 * process, before the first tensor is made.
 */

/** From the fastest to the one that always works. */
export const backendNames = ['tensorflow-gpu', 'tensorflow', 'webgpu', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

export interface BackendDevice {
  /** As the device calls itself, such as `NVIDIA H200` or a processor's brand string. */
  readonly name: string;
  /** Memory that tensors may take, in bytes; null where the device does not tell. */
  readonly memoryBytes: number | null;
}

/** What a rung of the ladder found when it was tried. */
export type BackendRung =
  | {
      readonly name: BackendName;
      readonly available: true;
      readonly device: BackendDevice;
      readonly threads: number;
    }
  | { readonly name: BackendName; readonly available: false; readonly reason: string };

export interface BackendReport {
  readonly name: BackendName;
  readonly device: BackendDevice;
  /** Threads that one kernel uses on the host. */
  readonly threads: number;
  /** Whether FOVEA_BACKEND or the caller asked for this one. */
  readonly forced: boolean;
  /** The rungs that were tried, fastest first, and why those above the chosen one were not taken. */
  readonly rungs: readonly BackendRung[];
}

export interface BackendOptions {
  /** Whether this backend was asked for, and not met on the way down the ladder. */
  readonly forced: boolean;
  /** Threads on the host, where the backend can choose. */
  readonly threads?: number | undefined;
}

/** One rung: `start` makes the backend the current one, or throws a BackendUnavailableError that says why not. */
export interface Backend {
  readonly name: BackendName;
  start(options: BackendOptions): Promise<{ device: BackendDevice; threads: number }>;
}

export class BackendUnavailableError extends Error {
  readonly backend: BackendName;
  readonly reason: string;

  constructor(backend: BackendName, reason: string, options?: ErrorOptions) {
    super(`The backend ${backend} is not available here: ${reason}`, options);
    this.name = 'BackendUnavailableError';
    this.backend = backend;
    this.reason = reason;
  }
}

export class UnknownBackendError extends Error {
  constructor(name: string) {
    super(`There is no backend named "${name}". The backends are ${backendNames.join(', ')}.`);
    this.name = 'UnknownBackendError';
  }
}
