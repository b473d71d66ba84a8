/**
 * Threads for tfjs's WASM module in Node.
 *
 * tfjs ships a threaded build but switches it off in Node, because its start needs a browser: it makes workers
 * from `blob:` addresses, which `worker_threads` refuses. Here a `Worker` that knows where those two scripts
 * lie takes its place while the module starts. XNNPACK gives each output element to one thread, so the
 * results do not depend on their number.
 */
import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';

/** The module makes this many workers at its start, and a thread beyond them would wait for one for ever. */
const mostThreads = 8;

/**
 * Half of the processors: most count each core twice, and threads that wait for one another lose more than they
 * gain where other processes want the same cores.
 */
export function defaultThreads(): number {
  return Math.min(Math.max(Math.floor(os.availableParallelism() / 2), 1), mostThreads);
}

/** Runs `start`, which initialises the WASM module, such that the module uses `threads` threads. */
export async function withThreads<T>(threads: number, start: () => Promise<T>): Promise<T> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
  setThreadsCount(threads);
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  const { cpus } = os;
  // The module assigns Node's own Worker to the global, which would undo a plain property.
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => WasmThread, set: () => {} });
  // The module uses at most half of the processors that it sees.
  os.cpus = () => Array.from({ length: 2 * threads }, () => cpus()[0]!);
  try {
    const started = await start();
    // A thread begins only when this one's event loop turns; a kernel that waited for it would wait for ever.
    await Promise.all(WasmThread.made.map((thread) => thread.loaded));
    // The module keeps running threads alive, and with them the process.
    for (const thread of WasmThread.made) thread.unref();
    return started;
  } finally {
    WasmThread.made.length = 0;
    os.cpus = cpus;
    if (worker) Object.defineProperty(globalThis, 'Worker', worker);
    else Reflect.deleteProperty(globalThis, 'Worker');
  }
}

const require = createRequire(import.meta.url);
const scripts = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out');

class WasmThread extends Worker {
  static readonly made: WasmThread[] = [];
  readonly loaded: Promise<void>;

  constructor() {
    const { wasmWorkerContents } = require(join(scripts, 'tfjs-backend-wasm-threaded-simd.worker.js')) as {
      wasmWorkerContents: string;
    };
    // The script was embedded in a template string, which turned its escaped line ends into real ones.
    // Nor may it inherit flags such as --input-type=module.
    super(wasmWorkerContents.replaceAll('\n', '\\n'), { eval: true, execArgv: [] });
    this.loaded = new Promise((resolve, reject) => {
      this.on('message', (message: { cmd?: string }) => message.cmd === 'loaded' && resolve());
      this.once('error', reject);
    });
    WasmThread.made.push(this);
  }

  override postMessage(message: { cmd?: string }, transfer?: readonly never[]): void {
    const urlOrBlob = join(scripts, 'tfjs-backend-wasm-threaded-simd.js');
    super.postMessage(message.cmd === 'load' ? { ...message, urlOrBlob } : message, transfer);
  }
}
