/** `npm run demo`: the whole system on this machine, and one feature visualization made by it. */
import { dismissGuardian } from '../services/child.ts';
import { home, stateFile } from '../system/paths.ts';
import { claimState, removeState, runningState, writeState } from '../system/state.ts';
import { startSystem, type System } from '../system/system.ts';
import { firstRun } from './first-run.ts';
import { once } from './once.ts';
import { parseOptions, usage, type DemoOptions } from './options.ts';
import { stopRequest } from './stop-request.ts';

const exitCodes = { done: 0, failed: 1, badUsage: 2, brokenOff: 130 };
const say = (line: string) => process.stderr.write(`fovea: ${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  let options: DemoOptions;
  try {
    options = parseOptions(args);
  } catch (error) {
    say(`${(error as Error).message}\n\n${usage}`);
    return exitCodes.badUsage;
  }
  const running = await runningState(stateFile);
  if (running?.api && options.once) return outcome(await once(running.api, options.json, say));
  if (running !== null || !(await claimState(stateFile))) {
    const where = running?.api ? `API ${running.api}, dashboard ${running.web ?? 'none'}` : 'it is starting';
    const how = running ? `; \`kill ${running.launcher.pid}\` stops it` : '';
    say(`Already running from this folder: ${where}${how}`);
    return exitCodes.failed;
  }
  try {
    return await launch(options);
  } finally {
    await dismissGuardian();
    await removeState(stateFile);
  }
}

/** Starts the system and stays with it. Whatever still runs at the end, the guardian stops. */
async function launch(options: DemoOptions): Promise<number> {
  const stop = stopRequest().then(() => 'stop' as const);
  const starting = startSystem({ home, dashboard: !options.once, port: options.port, say });
  const system = await Promise.race([starting, stop]);
  if (system === 'stop') return exitCodes.brokenOff;
  try {
    await writeState(stateFile, system);
    return await Promise.race([use(system, options, stop), system.broken]);
  } finally {
    say('Stopping');
    await system.stop();
  }
}

async function use(
  system: System,
  { once: onlyOnce, json }: DemoOptions,
  stop: Promise<'stop'>,
): Promise<number> {
  if (onlyOnce) {
    return Promise.race([once(system.api, json, say).then(outcome), stop.then(() => exitCodes.brokenOff)]);
  }
  const { api, web } = system;
  process.stdout.write(
    json
      ? `${JSON.stringify({ api, web })}\n`
      : `\n  Dashboard  ${web}\n  API        ${api}\n\n  Ctrl-C stops everything.\n\n`,
  );
  firstRun(api, { force: false, say }).catch((error: Error) => say(error.message));
  await stop;
  return exitCodes.done;
}

function outcome(succeeded: boolean): number {
  return succeeded ? exitCodes.done : exitCodes.failed;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say((error as Error).message);
  process.exitCode = exitCodes.failed;
}
process.exit();
