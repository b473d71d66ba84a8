import { listWorkers as findWorkers, type WorkerView } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { listWorkers } from './contract.ts';

export const workerRoutes: Routes = async (app, { db }) => {
  app.route({
    ...listWorkers,
    handler: async (request) => ({ items: (await findWorkers(db, request.query)).map(present) }),
  });
};

function present(worker: WorkerView) {
  const { id, name, hostname, state, backend, concurrency, busyShare, runIds, codeVersion } = worker;
  const device = worker.device as { name: string; memoryBytes: number | null };
  return {
    id,
    name,
    hostname,
    status: state,
    backend,
    device: { name: device.name, memoryBytes: device.memoryBytes },
    concurrency,
    busyShare,
    runIds: [...runIds],
    codeVersion,
    startedAt: worker.startedAt.toISOString(),
    heartbeatAt: worker.heartbeatAt.toISOString(),
    stoppedAt: worker.stoppedAt?.toISOString() ?? null,
  };
}
