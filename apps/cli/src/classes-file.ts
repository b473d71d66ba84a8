import { readFile } from 'node:fs/promises';
import { callerPath } from './caller-path.ts';
import { badInput } from './exit-codes.ts';

/** Names of classes, one a line. */
export async function readClasses(file: string): Promise<string[]> {
  const text = await readFile(callerPath(file), 'utf8').catch((error: Error) => {
    throw badInput(`--classes cannot be read: ${error.message}`);
  });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
}
