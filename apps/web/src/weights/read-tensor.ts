/** One tensor out of a small file in safetensors format. */
import { throughDashboard } from '../api/client.ts';

export interface Tensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

interface Entry {
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Of an artifact of which all is wanted; larger ones are read through the API, part by part.
 * @param url as the API gave it
 * @param name of a tensor of 32-bit numbers
 */
export async function readTensor(url: string, name: string, signal?: AbortSignal): Promise<Tensor> {
  const response = await fetch(throughDashboard(url), { signal });
  if (!response.ok) throw new Error(`The file could not be read: ${response.status} ${response.statusText}`);
  const bytes = await response.arrayBuffer();
  const start = 8 + Number(new DataView(bytes).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, start - 8))) as Record<
    string,
    Entry
  >;
  const entry = header[name];
  if (!entry) throw new Error(`The file holds no tensor called ${name}`);
  const [from, to] = entry.data_offsets;
  return { shape: entry.shape, values: new Float32Array(bytes.slice(start + from, start + to)) };
}
