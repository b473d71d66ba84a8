import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { BackendUnavailableError, backendNames, UnknownBackendError } from './backend.ts';
import { listBackends, startBackend } from './ladder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('starting a backend', () => {
  test('reports the choice and why each faster one was passed over', async () => {
    const report = await startBackend();
    expect(tf.getBackend()).toBe(report.name.replace('-gpu', ''));
    const position = backendNames.indexOf(report.name);
    expect(report.rungs.map((rung) => rung.name)).toEqual(backendNames.slice(0, position + 1));
    for (const rung of report.rungs.slice(0, -1)) {
      expect(rung).toMatchObject({ available: false, reason: expect.stringMatching(/\w+/) as string });
    }
  });

  test('FOVEA_BACKEND forces one', async () => {
    vi.stubEnv('FOVEA_BACKEND', 'cpu');
    expect(await startBackend()).toMatchObject({ name: 'cpu', forced: true });
    expect(tf.getBackend()).toBe('cpu');
  });

  test('an argument overrides FOVEA_BACKEND', async () => {
    vi.stubEnv('FOVEA_BACKEND', 'cpu');
    expect(await startBackend({ force: 'wasm' })).toMatchObject({ name: 'wasm' });
  });

  test('a forced backend that cannot run is an error that says why, not another backend', async () => {
    vi.stubEnv('FOVEA_HOME', '/nonexistent');
    await startBackend({ force: 'cpu' });
    await expect(startBackend({ force: 'tensorflow' })).rejects.toThrow(BackendUnavailableError);
    await expect(startBackend({ force: 'tensorflow' })).rejects.toThrow(
      'fovea -- backend install tensorflow',
    );
    expect(tf.getBackend()).toBe('cpu');
  });

  test('an unknown name is an error that lists the known ones', async () => {
    await expect(startBackend({ force: 'webgl' })).rejects.toThrow(UnknownBackendError);
    await expect(startBackend({ force: 'webgl' })).rejects.toThrow('wasm');
  });

  test('refuses a number of threads that is none', async () => {
    vi.stubEnv('FOVEA_THREADS', 'many');
    await expect(startBackend()).rejects.toThrow('FOVEA_THREADS');
  });
});

test('a Linux machine without a GPU passes webgpu over before Dawn and its drivers are loaded', async ({
  skip,
}) => {
  const devices = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];
  skip(
    process.platform !== 'linux' || devices.some((device) => existsSync(device)),
    'there may be a GPU here',
  );
  const webgpu = (await listBackends()).find(({ name }) => name === 'webgpu');
  expect(webgpu).toMatchObject({
    available: false,
    reason: expect.stringContaining('there is no GPU') as string,
  });
  expect('gpu' in globalThis.navigator).toBe(false);
});

test('listing tries every rung and keeps the current backend', async () => {
  await startBackend({ force: 'cpu' });
  const rungs = await listBackends();
  expect(rungs.map((rung) => rung.name)).toEqual(backendNames);
  expect(tf.getBackend()).toBe('cpu');
});
