import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GradientCheck } from '../gradient-check.ts';
import { installTensorflow } from './install-tensorflow.ts';
import { privateCopy } from './tensorflow-package.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-tensorflow-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A folder with the names of a libtensorflow; what is in them is no library. */
async function emptyLibrary(): Promise<string> {
  const library = join(folder, 'library');
  await mkdir(join(library, 'lib'), { recursive: true });
  await mkdir(join(library, 'include/tensorflow/c'), { recursive: true });
  for (const file of [
    'lib/libtensorflow.so.2',
    'lib/libtensorflow_framework.so.2',
    'include/tensorflow/c/c_api.h',
  ]) {
    await writeFile(join(library, file), '');
  }
  return library;
}

const install = (libtensorflow: string) =>
  installTensorflow({ variant: 'tensorflow', libtensorflow, home: join(folder, 'home') });

// It builds on Linux only, and says so elsewhere.
describe.runIf(process.platform === 'linux')('setting up TensorFlow', () => {
  test('says when there is nothing at the path', async () => {
    await expect(install(join(folder, 'absent.tar.gz'))).rejects.toMatchObject({ stage: 'libtensorflow' });
  });

  test('says what a folder lacks', async () => {
    await expect(install(folder)).rejects.toThrow('tensorflow/c/c_api.h');
  });

  test('says when an archive is none', async () => {
    const archive = join(folder, 'broken.tar.gz');
    await writeFile(archive, 'not an archive');
    await expect(install(archive)).rejects.toMatchObject({ stage: 'unpack' });
  });

  test('says what the server of an address answered', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await expect(install(`http://127.0.0.1:${port}/lib.tar.gz`)).rejects.toThrow('404');
    server.close();
  });

  test('unpacks an archive, links it into a private copy, and reports what the compiler says', async () => {
    const archive = join(folder, 'libtensorflow.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', await emptyLibrary(), '.']);
    await expect(install(archive)).rejects.toMatchObject({ stage: 'compile' });
    const linked = await readlink(
      join(privateCopy('tensorflow', join(folder, 'home')), 'deps/lib/libtensorflow.so'),
    );
    expect(linked).toMatch(/libtensorflow\.so\.2$/);
  });

  test(
    'sets up a real one, on which gradients equal finite differences',
    { timeout: 600_000 },
    async ({ skip }) => {
      const libtensorflow = process.env.FOVEA_TEST_LIBTENSORFLOW;
      skip(!libtensorflow, 'FOVEA_TEST_LIBTENSORFLOW gives no libtensorflow, as a path or an address');
      await install(libtensorflow!);
      const checks = checksOfInstalled();
      expect(checks).not.toHaveLength(0);
      expect(checks.filter(({ maxRelativeError }) => !((maxRelativeError ?? NaN) < 1e-3))).toEqual([]);
    },
  );
});

/** In a process of its own, since the kernels of a second binding would stay in this one. */
function checksOfInstalled(): GradientCheck[] {
  const script = `
    import { checkGradients, startBackend } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)};
    const { name } = await startBackend({ force: 'tensorflow' });
    console.log(JSON.stringify(await checkGradients(name)));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, FOVEA_HOME: join(folder, 'home') },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output) as GradientCheck[];
}
