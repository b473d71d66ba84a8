import { unwrap } from '@fovea/client';
import { api } from '../api/client.ts';

/** Stores an image where runs can read it. Returns its sha256, by which inputs name it. */
export async function uploadImage(file: File): Promise<string> {
  const headers = { 'content-type': 'application/octet-stream' };
  const { sha256 } = unwrap(await api.POST('/images', { headers, body: '', bodySerializer: () => file }));
  return sha256;
}
