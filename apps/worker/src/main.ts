import { loadConfig, openPlatform } from '@fovea/platform';
import { startWorker } from './worker.ts';

const platform = await openPlatform(loadConfig(), 'worker');
const worker = await startWorker(platform);

let closing: Promise<void> | undefined;
const close = () =>
  (closing ??= worker
    .close()
    .then(() => platform.close())
    .then(() => process.exit(0)));
process.once('SIGTERM', () => void close());
process.once('SIGINT', () => void close());
