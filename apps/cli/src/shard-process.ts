import { executeHere } from './execute-here.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import type { ShardMessage, ShardOrder } from './shards-here.ts';

process.once('message', (order: ShardOrder) => void run(order).then(() => process.disconnect()));

// Whoever merges is gone.
process.on('disconnect', () => process.exit());

async function run({ kindName, input, seed, threads }: ShardOrder): Promise<void> {
  try {
    await executeHere(kindName, input, {
      seed,
      threads,
      progress: {
        step: (step, total) => void tell({ type: 'progress', step, total }),
        log: () => undefined,
        event: () => undefined,
        end: () => undefined,
      },
      async onEvent(event) {
        if (event.type === 'artifact') await tell({ type: 'artifact', name: event.name, bytes: event.bytes });
      },
    });
    await tell({ type: 'done' });
  } catch (error) {
    const exitCode = error instanceof CliError ? error.exitCode : exitCodes.failed;
    await tell({ type: 'failed', exitCode, message: (error as Error).message });
  }
}

function tell(message: ShardMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
}
