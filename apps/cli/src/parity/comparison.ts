/**
 * One file's comparison, in a process of its own: an engine whose memory a network overflows is of no use to the
 * next one.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ParityResult } from '@fovea/models';

const program = fileURLToPath(new URL('comparison-process.ts', import.meta.url));

export interface Comparison {
  readonly file: string;
  readonly result?: ParityResult;
  /** Why nothing was compared, which counts as one failure. */
  readonly error?: { readonly name: string; readonly message: string };
}

/** A file that cannot be compared keeps none of the others from being. */
export async function compareApart(file: string, path: string, engine?: string): Promise<Comparison> {
  const child = fork(program, [path, ...(engine === undefined ? [] : [engine])], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let answer: Omit<Comparison, 'file'> | undefined;
  child.once('message', (message) => (answer = message as typeof answer));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  return { file, ...(answer ?? { error: { name: 'ComparisonError', message: `Its process ${how}` } }) };
}
