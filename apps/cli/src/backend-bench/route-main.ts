import { loadRegisteredModel } from '@fovea/models';
import { BackendUnavailableError, listBackends, startBackend } from '@fovea/tensor';
import type { FromRoute, RouteOrder, ToRoute } from './messages.ts';
import { stepTimer } from './step-timer.ts';

let time: ReturnType<typeof stepTimer>;

process.on('message', (message: ToRoute) => {
  respond(message).then(
    (reply) => process.send!(reply),
    (error: Error) => process.send!({ type: 'unavailable', reason: reasonOf(error) } satisfies FromRoute),
  );
});
process.on('disconnect', () => process.exit());

async function respond(message: ToRoute): Promise<FromRoute> {
  if (message.type === 'time') return { type: 'time', milliseconds: await time(message.batch) };
  const { order } = message;
  await start(order);
  const model = await loadRegisteredModel(order.model);
  time = stepTimer(model, order.layer, order.route);
  return { type: 'started' };
}

/** Compiled steps need a backend, too, for the little that is done once: one that computes on the processor. */
async function start({ route, software }: RouteOrder): Promise<void> {
  const adapter = route.engine === 'eager' ? route.backend : route.provider;
  if (adapter === 'webgpu' && !software) {
    const rung = (await listBackends()).find(({ name }) => name === 'webgpu')!;
    if (!rung.available) throw new BackendUnavailableError('webgpu', rung.reason);
  }
  await startBackend({ force: route.engine === 'eager' ? route.backend : 'wasm' });
}

function reasonOf(error: Error): string {
  return error instanceof BackendUnavailableError ? error.reason : error.message.split('\n')[0]!;
}
