import { resolve } from 'node:path';

/** npm runs scripts at the root of the checkout and leaves in INIT_CWD where the user stands. */
export function callerPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
