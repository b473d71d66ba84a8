import type { BackendReport } from '@fovea/tensor';
import { startRunProcess } from './run-process.ts';

/** What runs will compute on here, asked of a process like theirs: the worker itself starts no tensor engine. */
export async function probeBackend(): Promise<BackendReport> {
  const probe = startRunProcess();
  probe.send({ type: 'probe' });
  for await (const message of probe.messages) {
    if (message.type === 'backend') return message.report;
    if (message.type === 'failure') throw new Error(message.failure.message);
  }
  throw new Error(`The tensor engine does not start: ${await probe.ended}`);
}
