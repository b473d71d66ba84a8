/** Another program that computes the same: what its own clock says is compared with ours. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Body } from './pairs.ts';

export class PeerError extends Error {
  override readonly name = 'PeerError';

  constructor(command: string, problem: string) {
    super(
      `The peer "${command}" ${problem}. Its output must end in a line whose last number is its milliseconds per step`,
    );
  }
}

/** Each timing starts the program anew, by a shell. Timings throw PeerError. */
export function peerBody(command: string): Body {
  return {
    label: 'peer',
    async time() {
      const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
      const ended = Promise.withResolvers<string | undefined>();
      child.once('error', (error) => ended.resolve(`does not start: ${error.message}`));
      child.once('close', (code, signal) =>
        ended.resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`),
      );
      const [output, errors, problem] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        ended.promise,
      ]);
      if (problem) throw new PeerError(command, `${problem}${lastWords(errors)}`);
      return millisecondsIn(output, command);
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** @throws PeerError */
export function millisecondsIn(output: string, command: string): number {
  const lastLine = output.trim().split('\n').at(-1)!;
  const last = lastLine.match(/\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi)?.at(-1);
  if (last === undefined) throw new PeerError(command, `ended with the line "${lastLine.slice(0, 200)}"`);
  const milliseconds = Number(last);
  if (!(milliseconds > 0)) throw new PeerError(command, `says that it takes ${last} ms`);
  return milliseconds;
}

const lastWords = (errors: string) => (errors.trim() ? `: ${errors.trim().split('\n').at(-1)}` : '');
