import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';

const minimal = {
  DATABASE_URL: 'postgres://fovea@127.0.0.1:5432/fovea',
  FOVEA_SECRET: '0123456789abcdef0123456789abcdef',
};

test('little needs to be said', () => {
  expect(loadConfig(minimal)).toMatchObject({
    queue: { backend: 'postgres', url: minimal.DATABASE_URL },
    objects: { driver: 'filesystem', directory: path.resolve('.fovea/objects') },
    host: '127.0.0.1',
    port: 3000,
    apiUrl: 'http://127.0.0.1:3000',
    concurrency: undefined,
  });
});

test('an empty variable counts as absent', () => {
  expect(loadConfig({ ...minimal, REDIS_URL: '', S3_ENDPOINT: '', PORT: '' })).toEqual(loadConfig(minimal));
});

test('installations on one Redis server keep apart by their databases', () => {
  const redis = { ...minimal, REDIS_URL: 'redis://127.0.0.1:6379' };
  expect(loadConfig(redis).queue).toMatchObject({ backend: 'redis', prefix: 'fovea-fovea' });
  expect(loadConfig({ ...redis, FOVEA_QUEUE: 'postgres' }).queue.backend).toBe('postgres');
});

test.for([
  [{ DATABASE_URL: undefined }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'mysql://127.0.0.1/fovea' }, 'DATABASE_URL'],
  [{ REDIS_URL: 'http://127.0.0.1' }, 'REDIS_URL'],
  [{ FOVEA_QUEUE: 'redis' }, 'REDIS_URL'],
  [{ FOVEA_SECRET: 'short' }, 'FOVEA_SECRET'],
  [{ PORT: '70000' }, 'PORT'],
  [{ PORT: 'eighty' }, 'PORT'],
  [{ FOVEA_CONCURRENCY: '0' }, 'FOVEA_CONCURRENCY'],
  [{ S3_ENDPOINT: 'http://127.0.0.1:8080' }, 'S3_BUCKET'],
] as const)('%j is refused by the name of the variable', ([change, name]) => {
  expect(() => loadConfig({ ...minimal, ...change })).toThrow(
    expect.objectContaining({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining(`${name}:`) as string,
    }),
  );
});
