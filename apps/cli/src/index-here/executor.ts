import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CliError } from '../exit-codes.ts';
import type { IndexMessage, IndexOrder } from './messages.ts';
import type { SavedFiles } from './run-folder.ts';

const program = fileURLToPath(new URL('executor-main.ts', import.meta.url));

export interface Executor {
  /** @throws CliError where the run fails or is interrupted */
  execute(order: IndexOrder, onProgress: (step: number, total: number) => void): Promise<SavedFiles>;
  end(): void;
}

/** A process of its own that executes runs. */
export function startExecutor(): Executor {
  const child = fork(program, { serialization: 'advanced' });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A process that executes runs ended with ${code ?? 'a signal'}`);
  });
  ended.catch(() => undefined);
  return {
    async execute(order, onProgress) {
      const answer = new Promise<SavedFiles>((resolve, reject) => {
        child.on('message', function listen(message: IndexMessage) {
          if (message.type === 'progress') return onProgress(message.step, message.total);
          child.off('message', listen);
          if (message.type === 'done') return resolve(message.files);
          return reject(new CliError(message.exitCode, message.message));
        });
      });
      child.send(order);
      return Promise.race([answer, ended]);
    },
    end: () => child.disconnect(),
  };
}
