import { createClient, unwrap } from '@fovea/client';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface SavedArtifact {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** Fetches every artifact of a run into the folder, whatever store holds it. */
export async function saveArtifacts(api: string, runId: string, folder: string): Promise<SavedArtifact[]> {
  const params = { path: { id: runId } };
  const { items } = unwrap(await createClient(api).GET('/runs/{id}/artifacts', { params }));
  await mkdir(folder, { recursive: true });
  const saved: SavedArtifact[] = [];
  for (const { name, url, mediaType, bytes } of items) {
    const path = join(folder, basename(name));
    const response = await fetch(new URL(url, api));
    if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
    saved.push({ name, path, mediaType, bytes });
  }
  return saved;
}
