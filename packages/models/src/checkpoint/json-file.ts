/** The JSON files that lie beside weights. */
import { openWith, type CheckpointFile } from './checkpoint-file.ts';
import { MalformedCheckpointError } from './checkpoint-errors.ts';

/** Far longer than the index or configuration of any model. */
const maximalBytes = 64 * 1024 * 1024;

/** @throws UnreadableCheckpointError, MalformedCheckpointError */
export function readJson(path: string): Promise<unknown> {
  return openWith(path, async (file) => {
    const parsed = await parseJson(file);
    await file[Symbol.asyncDispose]();
    return parsed;
  });
}

/** The same of a file that is open, and stays so. */
export async function parseJson(file: CheckpointFile): Promise<unknown> {
  if (file.size > maximalBytes)
    throw new MalformedCheckpointError(file.path, 'JSON', `it has ${file.size} bytes`);
  const bytes = await file.read(0, file.size);
  try {
    return JSON.parse(Buffer.from(bytes.buffer).toString('utf8'));
  } catch (error) {
    throw new MalformedCheckpointError(file.path, 'JSON', (error as Error).message, { cause: error });
  }
}
