/** Finds the API: `--api`, FOVEA_API, or the system that `npm run demo` started from this checkout. */
import { createClient, type Client } from '@fovea/client';
import { foveaHome } from '@fovea/models';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError, exitCodes } from './exit-codes.ts';

export interface Server {
  readonly url: string;
  readonly client: Client;
}

/** Throws a CliError that says where it looked. */
export async function reachServer(given: string | undefined): Promise<Server> {
  const url = given ?? process.env.FOVEA_API ?? (await launchedApi());
  if (url === null) {
    throw notReachable(
      'No Fovea runs from this checkout: start it with `npm run demo`, name its API with --api or FOVEA_API, ' +
        'or add --local where the command has it.',
    );
  }
  if (!URL.canParse(url)) throw new CliError(exitCodes.badInput, `"${url}" is not an address of an API`);
  try {
    const answer = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  } catch (error) {
    throw notReachable(`The API at ${url} does not answer: ${reason(error)}`);
  }
  return { url, client: createClient(url) };
}

/** The same, or null where no API answers. */
export async function reachServerIfAny(given: string | undefined): Promise<Server | null> {
  try {
    return await reachServer(given);
  } catch (error) {
    if (given === undefined && error instanceof CliError && error.exitCode === exitCodes.notReachable)
      return null;
    throw error;
  }
}

async function launchedApi(): Promise<string | null> {
  try {
    const state = JSON.parse(await readFile(join(foveaHome(), 'state.json'), 'utf8')) as {
      api: string | null;
    };
    return state.api;
  } catch {
    return null;
  }
}

function notReachable(message: string): CliError {
  return new CliError(exitCodes.notReachable, message);
}

function reason(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
