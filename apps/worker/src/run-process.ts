/** The process that executes one run, as its worker sees it. */
import { fork, type ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromChild, ToChild } from './child/messages.ts';

const program = fileURLToPath(new URL('child/main.ts', import.meta.url));

/** How much of what the process wrote to stderr is kept for the account of a crash. */
const keptStderr = 4_000;

export interface RunProcess {
  /** Ends when the process does. */
  readonly messages: AsyncIterable<FromChild>;
  send(message: ToChild): void;
  /** Asks it to stop, and ends it if it has not after `patience` milliseconds. */
  stop(patience: number): void;
  kill(): void;
  /** Resolves once the process has ended: how, and its last words. */
  readonly ended: Promise<string>;
}

export function startRunProcess(): RunProcess {
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const kill = () => child.kill('SIGKILL');
  const send = (message: ToChild) => {
    if (child.connected) child.send(message, () => undefined);
  };
  return {
    // Listens from the start: a process may end before anyone asks what it said.
    messages: toMessages(on(child, 'message', { close: ['close'] })),
    send,
    stop(patience) {
      send({ type: 'cancel' });
      const timer = setTimeout(kill, patience);
      child.once('exit', () => clearTimeout(timer));
    },
    kill,
    ended: endOf(child),
  };
}

async function* toMessages(emitted: AsyncIterable<unknown[]>): AsyncGenerator<FromChild> {
  for await (const [message] of emitted) yield message as FromChild;
}

function endOf(child: ChildProcess): Promise<string> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-keptStderr);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => {
      const how = signal ? `ended by ${signal}` : `exit code ${code}`;
      resolve(stderr.trim() ? `${how}: ${stderr.trim()}` : how);
    });
  });
}
