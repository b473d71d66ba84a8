/** How jobs of each shape are best divided over the cores of this machine, as far as that was measured; kept on disk. */
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import type { Sharing } from '@fovea/experiments';
import { writeAtomically } from '@fovea/models';
import { z } from 'zod';

const fileSchema = z.object({
  machine: z.string(),
  shapes: z.record(z.string(), z.enum(['spread', 'joined'])),
});

export interface KnownSharing {
  get(shape: string): Sharing | undefined;
  set(shape: string, sharing: Sharing): Promise<void>;
}

/** What was measured on another machine, or cannot be read, is measured anew. */
export async function openKnownSharing(path: string): Promise<KnownSharing> {
  const machine = `${cpus()[0]?.model ?? process.arch}, ${availableParallelism()} cores`;
  const read = await readShapes(path);
  const shapes = new Map<string, Sharing>(read?.machine === machine ? Object.entries(read.shapes) : []);
  return {
    get: (shape) => shapes.get(shape),
    async set(shape, sharing) {
      shapes.set(shape, sharing);
      await mkdir(dirname(path), { recursive: true });
      await writeAtomically(path, JSON.stringify({ machine, shapes: Object.fromEntries(shapes) }, null, 2));
    },
  };
}

async function readShapes(path: string): Promise<z.infer<typeof fileSchema> | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
