import { createHash } from 'node:crypto';
import type { Duplicates } from '../manifest.ts';
import type { PackWriter, Place } from './pack-writer.ts';

/** How many of the duplicates are named. */
const named = 100;

export interface DedupedStore {
  /** Equal bytes are stored once. */
  readonly store: (bytes: Uint8Array, file: string) => Promise<Place & { readonly sha256: Uint8Array }>;
  readonly duplicates: Duplicates;
}

export function storeOnce(packs: PackWriter): DedupedStore {
  const known = new Map<string, { place: Place; file: string }>();
  const duplicates: Duplicates = { count: 0, first: [] };
  return {
    duplicates,
    async store(bytes, file) {
      const sha256 = createHash('sha256').update(bytes).digest();
      const key = sha256.toString('base64');
      const same = known.get(key);
      if (same) {
        duplicates.count += 1;
        if (duplicates.first.length < named) duplicates.first.push({ file, sameAs: same.file });
        return { ...same.place, sha256 };
      }
      const place = await packs.append(bytes);
      known.set(key, { place, file });
      return { ...place, sha256 };
    },
  };
}
