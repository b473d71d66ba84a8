/**
 * What a route promises, apart from how it keeps it: the OpenAPI document and the client are generated from
 * contracts alone, with no database in sight.
 */
import type { HTTPMethods } from 'fastify';
import { z } from 'zod';
import { problemSchema } from './problem-schema.ts';

export interface RouteContract {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly schema: {
    readonly operationId: string;
    readonly tags: readonly string[];
    readonly summary: string;
    readonly description?: string;
    readonly params?: z.ZodType;
    readonly querystring?: z.ZodType;
    readonly headers?: z.ZodType;
    readonly body?: z.ZodType;
    readonly consumes?: readonly string[];
    readonly response: Readonly<Record<string | number, unknown>>;
  };
}

/** Every route may answer with a problem. */
export const problems = {
  default: {
    description: 'What went wrong, as RFC 9457 problem details',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
} as const;

/** An answer other than JSON, which the handler writes by itself. */
export function raw<MediaType extends string>(mediaType: MediaType, description: string) {
  const schema = z.any().meta({ type: 'string' });
  return {
    description,
    content: { [mediaType]: { schema } } as Record<MediaType, { schema: typeof schema }>,
  };
}

export const timestamp = z.iso.datetime({ offset: true });
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');
export const json = z.record(z.string(), z.unknown());

/** One page of a list; `nextCursor` goes into `cursor` of the next request. */
export function pageOf<Item extends z.ZodType>(id: string, item: Item) {
  return z
    .object({ items: z.array(item), nextCursor: z.string().nullable().describe('null on the last page') })
    .meta({ id });
}

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items in a page'),
  cursor: z.string().max(1000).optional().describe('nextCursor of the page before'),
};
