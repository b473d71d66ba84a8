/** Where each tensor of a safetensors file lies, so that readers take what they need by its byte range. */
import { z } from 'zod';
import type { TensorSlice } from './activation-sweep/evidence.ts';

const entry = z.object({
  dtype: z.enum(['F16', 'F32']),
  shape: z.array(z.int()),
  data_offsets: z.tuple([z.int(), z.int()]),
});

/** @param artifact name under which the file is stored */
export function tensorSlices(file: Uint8Array, artifact: string): Record<string, TensorSlice> {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<
    string,
    unknown
  >;
  const tensors = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return Object.fromEntries(
    tensors.map(([name, described]) => {
      const {
        dtype,
        shape,
        data_offsets: [start],
      } = entry.parse(described);
      return [name, { artifact, offset: 8 + length + start, dtype, shape }];
    }),
  );
}
