import { logTail, startChild, type ChildOptions } from './child.ts';

/** Runs a program that ends by itself; throws with the end of its log unless it succeeds. */
export async function runToEnd(options: ChildOptions): Promise<void> {
  const child = await startChild(options);
  const end = await child.ended;
  if (end === 'exit code 0') return;
  throw new Error(
    `${child.name} ended with ${end}. The end of ${child.logFile}:\n${logTail(child.logFile, 30)}`,
  );
}
