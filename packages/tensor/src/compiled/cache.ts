import { totalmem } from 'node:os';
import { LRUCache } from 'lru-cache';
import type { CompiledFunction } from './compile.ts';

/** A compiled function that stays until it is given back. */
export interface Lease {
  readonly compiled: CompiledFunction;
  readonly giveBack: () => void;
}

export interface CompiledCache {
  readonly maxBytes: number;
  /**
   * The function of this key; compiled the first time, and again when it had to make room for others meanwhile.
   * Rejects with what `compile` rejects with.
   */
  lease(key: string, compile: () => Promise<CompiledFunction>): Promise<Lease>;
  /** Frees every function that is not leased, and those that are when they are given back. */
  clear(): void;
}

interface Entry {
  readonly compiled: CompiledFunction;
  leases: number;
  isDropped: boolean;
}

/** Part of the machine's memory that compiled functions may take. */
const memoryShare = 1 / 4;

/** Keeps compiled functions, those used last the longest, up to a bound of memory. */
export function compiledCache(maxBytes = totalmem() * memoryShare): CompiledCache {
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    // One that is larger than all the room has it to itself.
    sizeCalculation: ({ compiled }) => Math.max(1, Math.min(compiled.memoryBytes, maxBytes)),
    dispose(entry) {
      entry.isDropped = true;
      freeIfUnused(entry);
    },
  });
  /** Being compiled. */
  const coming = new Map<string, Promise<Entry>>();

  function comingEntry(key: string, compile: () => Promise<CompiledFunction>): Promise<Entry> {
    const known = coming.get(key);
    if (known) return known;
    const entry = compile()
      .then((compiled) => {
        const made: Entry = { compiled, leases: 0, isDropped: false };
        entries.set(key, made);
        return made;
      })
      .finally(() => coming.delete(key));
    coming.set(key, entry);
    return entry;
  }

  async function lease(key: string, compile: () => Promise<CompiledFunction>): Promise<Lease> {
    const entry = entries.get(key) ?? (await comingEntry(key, compile));
    // Others may have taken its room before it was leased.
    if (entry.isDropped) return lease(key, compile);
    entry.leases++;
    return {
      compiled: entry.compiled,
      giveBack() {
        entry.leases--;
        freeIfUnused(entry);
      },
    };
  }

  return { maxBytes, lease, clear: () => entries.clear() };
}

function freeIfUnused({ compiled, leases, isDropped }: Entry): void {
  if (isDropped && leases === 0) void compiled.dispose();
}
