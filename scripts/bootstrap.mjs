// The way in from a bare clone: Node builtins only, any Node from 20 on. Installs what the lockfile names when
// that changed, generates the database client, then hands over to the project's own Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const projectNode = join(modules, 'node', 'bin', 'node');
const commands = {
  demo: 'scripts/demo/main.ts',
  test: 'scripts/test/main.ts',
  fovea: 'apps/cli/src/main.ts',
  bench: 'bench/main.ts',
};

const [command, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(commands, command ?? '')) {
  fail(`Unknown command "${command ?? ''}". Known: ${Object.keys(commands).join(', ')}`);
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node ${process.versions.node} is too old: this needs Node 20 or newer.`);
}

await whenChanged('lockfile', ['pnpm-lock.yaml', 'pnpm-workspace.yaml'], install);
await whenChanged('schema', ['prisma/schema.prisma', 'pnpm-lock.yaml'], generateDatabaseClient);
process.exitCode = await run(projectNode, [join(root, commands[command]), ...rest], {
  env: { ...process.env, PATH: `${join(modules, '.bin')}:${process.env.PATH}` },
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});

/** Does the work unless the stamp of that name holds the digest of these files. */
async function whenChanged(name, files, work) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(readFileSync(join(root, file)));
  const wanted = digest.digest('hex');
  const stamp = join(modules, `.fovea-${name}`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await work();
  writeFileSync(stamp, wanted);
}

async function install() {
  say('Installing packages (first start, or the lockfile changed)');
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await succeed('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    // Without CI, pnpm asks before it replaces an older node_modules, and there may be nobody to answer.
    CI: 'true',
  });
}

async function generateDatabaseClient() {
  say('Generating the database client');
  await succeed(projectNode, [join(modules, 'prisma', 'build', 'index.js'), 'generate', '--no-hints']);
}

/** Runs quietly; a failure ends everything with what the program said. */
async function succeed(program, args, env = {}) {
  const said = [];
  const code = await run(
    program,
    args,
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    said,
  );
  if (code !== 0)
    fail(`${said.join('').trimEnd()}\n${program} ${args.join(' ')} ended with exit code ${code}`);
}

/** Resolves with the exit code, or with 128 and the signal's number as shells do. Passes signals on. */
function run(program, args, options, said) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, ...options });
    child.stdout?.on('data', (chunk) => said.push(chunk));
    child.stderr?.on('data', (chunk) => said.push(chunk));
    const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
    const forwards = ['SIGHUP', 'SIGINT', 'SIGTERM'].map((signal) => [signal, () => child.kill(signal)]);
    for (const [signal, forward] of forwards) process.on(signal, forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const [name, forward] of forwards) process.off(name, forward);
      resolve(code ?? 128 + (numbers[signal] ?? 0));
    });
  });
}

function say(line) {
  process.stderr.write(`fovea: ${line}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
