/** Which takes are done: pictures are stored as they are finished, so this is all that a run needs to go on. */
import { z } from 'zod';

export const progressSchema = z.strictObject({
  format: z.literal('fovea-unit-pictures-1'),
  takes: z.array(z.int()).describe('Numbers of the finished takes'),
  suspects: z.array(z.strictObject({ picture: z.string(), code: z.string(), message: z.string() })),
});

export type FinishedTakes = Omit<z.infer<typeof progressSchema>, 'format'>;

export function encodeFinished(finished: FinishedTakes): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 'fovea-unit-pictures-1', ...finished }));
}

/** @throws ZodError, SyntaxError where the bytes are of another kind of run */
export function decodeFinished(bytes: Uint8Array | undefined): FinishedTakes {
  if (!bytes) return { takes: [], suspects: [] };
  const { takes, suspects } = progressSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return { takes, suspects };
}
