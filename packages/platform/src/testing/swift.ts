/**
 * A real S3 server for the tests: OpenStack Swift with its s3api, from Debian's packages, private to one test run. One
 * process per service, one ring of one device, everything in one temporary folder.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { S3Config } from '../config.ts';
import { createS3Client } from '../objects/s3.ts';

const run = promisify(execFile);

const storageServers = ['account', 'container', 'object'] as const;
const packages = ['proxy', ...storageServers].map((name) => `swift-${name}`);

export interface SwiftServer {
  readonly s3: S3Config;
  stop(): Promise<void>;
}

/** Installs what is missing, which takes root. */
export async function startSwift(): Promise<SwiftServer> {
  await access('/usr/bin/swift-proxy-server').catch(() =>
    run('apt-get', ['install', '-y', '--no-install-recommends', ...packages]),
  );
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fovea-swift-'));
  const children: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(children.map(terminate));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await mkdir(path.join(folder, 'devices', 'disk'), { recursive: true });
    for (const name of storageServers) {
      const port = await freePort();
      await buildRing(folder, name, port);
      children.push(await startServer(folder, name, storageConfig(folder, name, port)));
    }
    const port = await freePort();
    children.push(await startServer(folder, 'proxy', proxyConfig(folder, port)));
    const s3 = settings(port);
    await createBucket(s3);
    return { s3, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const settings = (port: number): S3Config => ({
  endpoint: `http://127.0.0.1:${port}`,
  bucket: 'fovea',
  region: 'us-east-1',
  accessKeyId: 'test:tester',
  secretAccessKey: 'testing',
});

async function buildRing(folder: string, name: string, port: number): Promise<void> {
  const ring = (...parameters: string[]) =>
    run('swift-ring-builder', [path.join(folder, `${name}.builder`), ...parameters]);
  await ring('create', '1', '1', '0');
  await ring('add', `r1z1-127.0.0.1:${port}/disk`, '1');
  await ring('rebalance');
}

const common = (folder: string, port: number) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${os.userInfo().username}
swift_dir = ${folder}
devices = ${folder}/devices
mount_check = false
`;

const storageConfig = (folder: string, name: string, port: number) => `${common(folder, port)}
[pipeline:main]
pipeline = ${name}-server
[app:${name}-server]
use = egg:swift#${name}
`;

/** tempauth insists on a cache in the pipeline, but does without the server behind it. */
const proxyConfig = (folder: string, port: number) => `${common(folder, port)}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:slo]
use = egg:swift#slo
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
`;

async function startServer(folder: string, name: string, config: string): Promise<ChildProcess> {
  const file = path.join(folder, `${name}-server.conf`);
  await writeFile(file, config);
  return spawn(`swift-${name}-server`, [file], { stdio: 'ignore' });
}

/** Doubles as the wait for the servers to answer. */
async function createBucket(s3: S3Config): Promise<void> {
  const client = createS3Client(s3);
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await client.send(new CreateBucketCommand({ Bucket: s3.bucket }));
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(300);
    }
  }
}

async function terminate(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
