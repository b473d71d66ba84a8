/** Everything that Fovea consists of, on this machine: database, queue, API, worker and dashboard. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild, type Child } from '../services/child.ts';
import { freePort, isFree } from '../services/free-port.ts';
import { waitUntil } from '../services/wait-until.ts';
import { startBackingServices } from './backing-services.ts';
import { buildDashboard, dashboardFolder, nextProgram } from './dashboard.ts';
import { migrate } from './migrate.ts';
import { root } from './paths.ts';
import { supervise, type Supervised } from './supervise.ts';

export interface SystemOptions {
  readonly home: string;
  readonly dashboard: boolean;
  /** Of the dashboard; it must be free. Without it, 3000 or else any free port. */
  readonly port?: number;
  readonly say: (line: string) => void;
}

export interface System {
  readonly api: string;
  readonly web: string | null;
  /** Rejects when a part fails for good. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

export async function startSystem({ home, dashboard, port, say }: SystemOptions): Promise<System> {
  if (port !== undefined && !(await isFree(port))) throw new Error(`Port ${port} is taken; choose another.`);
  if (dashboard) await buildDashboard(home, say);
  const backing = await startBackingServices(home, say);
  const servers: Supervised[] = [];
  const stop = async (): Promise<void> => {
    for (const server of servers.toReversed()) await server.stop();
    await Promise.all(backing.children.map((child) => child.stop()));
  };

  try {
    await migrate(backing.databaseUrl, home);
    const webPort = await freePort(port ?? 3000);
    const apiPort = await freePort(webPort + 1);
    const api = `http://127.0.0.1:${apiPort}`;
    const web = dashboard ? `http://127.0.0.1:${webPort}` : null;
    const env = {
      ...process.env,
      DATABASE_URL: backing.databaseUrl,
      REDIS_URL: backing.redisUrl ?? '',
      FOVEA_HOME: home,
      FOVEA_SECRET: process.env.FOVEA_SECRET || (await ownSecret(home)),
      FOVEA_API_URL: api,
      FOVEA_WEB_ORIGIN: web ?? '',
      HOST: '127.0.0.1',
    };
    const server = async (
      name: string,
      program: string[],
      more: NodeJS.ProcessEnv,
      url: string | null,
      cwd = root,
    ) => {
      say(`Starting the ${name}`);
      const start = async (): Promise<Child> => {
        const child = await startChild({
          name,
          command: process.execPath,
          arguments: program,
          logFile: join(home, `logs/${name}.log`),
          cwd,
          env: { ...env, ...more },
        });
        if (url !== null) await waitUntil(child, () => answers(url), 120_000);
        return child;
      };
      servers.push(await supervise(start, say));
    };
    await server('api', [join(root, 'apps/api/src/main.ts')], { PORT: String(apiPort) }, `${api}/readiness`);
    await server('worker', [join(root, 'apps/worker/src/main.ts')], {}, null);
    if (web !== null) {
      const program = [nextProgram(), 'start', '--port', String(webPort), '--hostname', '127.0.0.1'];
      await server('dashboard', program, { API_URL: api }, web, dashboardFolder);
    }
    const broken: Promise<never> = Promise.race([
      ...servers.map((one) => one.broken),
      ...backing.children.map(endless),
    ]);
    broken.catch(() => {}); // Whoever waits for it gets it; nobody has to.
    return { api, web, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A database or queue that ends is not started again: what it held in memory is gone, and why must be seen. */
async function endless(child: Child): Promise<never> {
  throw new Error(`${child.name} ended with ${await child.ended}; see ${child.logFile}`);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

/** Signs addresses of objects; kept, so that they stay good over a restart. */
async function ownSecret(home: string): Promise<string> {
  const file = join(home, 'secret');
  if (existsSync(file)) return readFile(file, 'utf8');
  const secret = randomBytes(32).toString('base64url');
  await mkdir(home, { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}
