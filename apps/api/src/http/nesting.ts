/**
 * JSON may nest as deep as its length allows, and whatever walks it by recursion (schemas, hashes, the database) would
 * run out of stack.
 */
import type { FastifyInstance } from 'fastify';
import { RequestError } from './problem.ts';

/** Far beyond any input that means something. */
const maxNesting = 200;

export function registerNesting(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body }) => {
    if (nestsDeeper(body, maxNesting))
      throw new RequestError(
        400,
        'BODY_TOO_DEEP',
        `The body nests objects and lists more than ${maxNesting} deep: write a long sum as one list of terms`,
      );
  });
}

/** Level by level, so that its own stack does not grow. */
function nestsDeeper(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((node) => (isPlain(node) ? Object.values(node).filter(isPlain) : []));
  }
  return false;
}

/** Not a stream: uploads pass as they are. */
export const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value)));
