/** The API as a process: listens, says where, and on SIGTERM or SIGINT lets what is under way finish. */
import type { AddressInfo } from 'node:net';
import { loadConfig, openPlatform, seedRegistry } from '@fovea/platform';
import { buildApp } from './app.ts';
import { maintain } from './maintenance.ts';
import { openServices } from './services.ts';
import { loadSettings } from './settings.ts';

const settings = loadSettings();
const config = loadConfig();
const services = await openServices(await openPlatform(config, 'api'), settings);
await seedRegistry(services, config.home);
const app = await buildApp(services);
await app.listen({ host: config.host, port: config.port });

const { port } = app.server.address() as AddressInfo;
const url = settings.publicUrl ?? `http://${config.host}:${port}`;
services.log.info({ event: 'listening', url, port, queue: services.queue.backend }, 'The API listens');

const stopping = new AbortController();
const maintenance = maintain(services, stopping.signal);

async function stop(signal: NodeJS.Signals): Promise<void> {
  services.log.info({ signal }, 'The API stops');
  stopping.abort();
  await app.close();
  await maintenance;
  await services.close();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
