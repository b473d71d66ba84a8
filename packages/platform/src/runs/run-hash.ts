import { createHash } from 'node:crypto';

/** Everything that decides what a run computes; two runs that agree in it give the same result. */
export interface RunIdentity {
  readonly kind: string;
  readonly kindVersion: number;
  /** Validated, with defaults filled in. */
  readonly input: unknown;
  readonly modelDigest: string | null;
  readonly datasetDigest: string | null;
  readonly seed: number;
  readonly codeVersion: string;
}

/** sha256 in hexadecimal. */
export const hashRun = (identity: RunIdentity): string => digestOf(identity);

export const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');

/** JSON with the keys of every object in order, so that equal values have equal texts. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (isPlainObject(part) ? sortKeys(part) : part));

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Entries rather than assignment: a key `__proto__` must stay a key. */
const sortKeys = (object: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
