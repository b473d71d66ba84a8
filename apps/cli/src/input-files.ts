/** Files that an input reads: named by path on the command line, by the hash of their content in the input itself. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { KindSchema } from '@fovea/experiments/schema';
import { z } from 'zod';
import { callerPath } from './caller-path.ts';
import { badInput } from './exit-codes.ts';

export interface InputFiles {
  /** With hashes where paths stood. */
  readonly params: readonly string[];
  /** Bytes by hash. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Reads the files of `--param image=path`, where the schema calls the field an image. Throws a CliError. */
export async function readInputFiles(schema: KindSchema, params: readonly string[]): Promise<InputFiles> {
  const fields = imageFields(schema);
  const files = new Map<string, Uint8Array>();
  const read = params.map(async (param) => {
    const field = param.slice(0, param.indexOf('='));
    const value = param.slice(field.length + 1);
    if (!fields.has(field) || isHash(value)) return param;
    const bytes = await readFile(callerPath(value)).catch((error: Error) => {
      throw badInput(`${field} cannot be read: ${error.message}`);
    });
    const hash = createHash('sha256').update(bytes).digest('hex');
    files.set(hash, bytes);
    return `${field}=${hash}`;
  });
  return { params: await Promise.all(read), files };
}

function imageFields(schema: KindSchema): Set<string> {
  const { properties = {} } = z.toJSONSchema(schema.input, { io: 'input', unrepresentable: 'any' });
  return new Set(
    Object.entries(properties)
      .filter(([, property]) => typeof property === 'object' && property['widget'] === 'image')
      .map(([name]) => name),
  );
}

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);
