import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDatabase, startPostgres, type Service } from '../../../../scripts/services/postgres.ts';
import { startRedis } from '../../../../scripts/services/redis.ts';
import { removeDataFolder } from '../../../../scripts/services/unprivileged.ts';
import { isOver, openFleet, type Fleet } from '../testing/fleet.ts';

describe('a service that restarts under load', () => {
  let folder: string;
  let fleet: Fleet;
  let postgres: Service;
  let redis: Service | null;
  const servers = { database: process.env['DATABASE_URL'], redis: process.env['REDIS_URL'] };

  const startDatabase = (port?: number) =>
    startPostgres({
      dataFolder: path.join(folder, 'postgres'),
      logFile: path.join(folder, 'postgres.log'),
      database: 'fovea_test',
      durable: true,
      port,
    });
  const startQueue = (port?: number) =>
    startRedis(
      {
        dataFolder: path.join(folder, 'redis'),
        logFile: path.join(folder, 'redis.log'),
        programFolder: path.join(folder, 'program'),
        durable: true,
        port,
      },
      () => undefined,
    );
  const kill = async ({ child }: Service) => {
    process.kill(child.pid, 'SIGKILL');
    await child.ended;
  };
  const portOf = ({ url }: Service) => Number(new URL(url).port);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fovea-restart-'));
    postgres = await startDatabase();
    await ensureDatabase(postgres.url);
    redis = await startQueue();
    process.env['DATABASE_URL'] = postgres.url;
    if (redis) process.env['REDIS_URL'] = redis.url;
    fleet = await openFleet();
    fleet.startWorker();
    fleet.startWorker();
  });
  afterAll(async () => {
    await fleet.close();
    await Promise.all([postgres.child.stop(), redis?.child.stop()]);
    await removeDataFolder(path.join(folder, 'postgres'));
    await rm(folder, { recursive: true, force: true });
    process.env['DATABASE_URL'] = servers.database;
    if (servers.redis) process.env['REDIS_URL'] = servers.redis;
  });

  it('Postgres, killed: no run is lost and none is executed twice', { timeout: 300_000 }, async () => {
    await expectAllRunsOnce(async () => {
      await kill(postgres);
      postgres = await startDatabase(portOf(postgres));
    });
  });

  it('Redis, killed: no run is lost and none is executed twice', { timeout: 300_000 }, async ({ skip }) => {
    if (!redis) skip('no Redis server can be had on this machine');
    await expectAllRunsOnce(async () => {
      await kill(redis!);
      redis = await startQueue(portOf(redis!));
    });
  });

  async function expectAllRunsOnce(restart: () => Promise<void>): Promise<void> {
    const runs = [];
    for (let seed = 1; seed <= 6; seed++)
      runs.push(await fleet.submit({ input: { steps: 150 }, seed, force: true }));
    await fleet.until(runs[0]!.id, (run) => run.step > 0);
    await restart();
    for (const { id } of runs) {
      expect((await until(id)).status).toBe('succeeded');
      const statuses = await fleet.platform.db.runEvent.findMany({ where: { runId: id, type: 'status' } });
      const succeeded = statuses.filter(({ data }) => (data as { status: string }).status === 'succeeded');
      expect(succeeded).toHaveLength(1);
    }
    const again = await fleet.submit({ input: { steps: 150 }, seed: 1, force: true });
    await until(again.id);
    expect(await fleet.artifacts(again.id)).toEqual(await fleet.artifacts(runs[0]!.id));
  }

  /** The test's own connections break, too. */
  async function until(id: string) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await fleet.until(id, isOver, 120);
      } catch (error) {
        if (attempt === 20 || (error instanceof Error && error.message.startsWith('Not within'))) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }
});
