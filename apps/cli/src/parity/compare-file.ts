/** A file of a reference's values, of any of the formats that Fovea can compare itself with. */
import { readFile } from 'node:fs/promises';
import { compareLucid, lucidFixtureSchema } from '@fovea/interp';
import {
  compareSchedulers,
  compareWithFixture,
  parseFixture,
  schedulersFixtureSchema,
  type Evaluate,
  type ParityResult,
} from '@fovea/models';

export class UnreadableRecordError extends Error {
  override readonly name = 'UnreadableRecordError';
}

/**
 * @param evaluate how networks are computed; all else is, op by op, on the backend that is running
 * @throws UnreadableRecordError, MalformedFixtureError, UnknownArchitectureError, CheckpointMismatchError
 */
export async function compareFile(path: string, evaluate: Evaluate): Promise<ParityResult> {
  const json = await readJson(path);
  const schedulers = schedulersFixtureSchema.safeParse(json);
  if (schedulers.success) return compareSchedulers(schedulers.data);
  const lucid = lucidFixtureSchema.safeParse(json);
  if (lucid.success) return compareLucid(lucid.data);
  return compareWithFixture(parseFixture(json), evaluate);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UnreadableRecordError(`It cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
