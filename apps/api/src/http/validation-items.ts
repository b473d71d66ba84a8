/** What zod found wrong with a request, as the entries of a problem. */
import type { FastifyError, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { closest } from '@fovea/models/closest';
import type { ProblemItem } from './problem-schema.ts';

type Part = ProblemItem['in'];

const partOf: Record<string, Part> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'headers',
};

/** The part of an issue that fastify-type-provider-zod keeps. */
interface Finding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string;
  readonly params: Record<string, unknown>;
}

export function validationItems(error: FastifyError, request: FastifyRequest): ProblemItem[] {
  const context = error.validationContext ?? 'body';
  const part = partOf[context] ?? 'body';
  const schema = (request.routeOptions.schema as Record<string, unknown> | undefined)?.[context];
  return (error.validation as unknown as Finding[]).flatMap((finding) => itemsOf(finding, part, schema));
}

function itemsOf(finding: Finding, part: Part, schema: unknown): ProblemItem[] {
  const pointer = finding.instancePath === '/' ? '' : finding.instancePath;
  if (finding.keyword !== 'unrecognized_keys')
    return [{ in: part, pointer, detail: finding.message ?? 'is not valid' }];
  const known = schema instanceof z.ZodObject && pointer === '' ? Object.keys(schema.shape) : [];
  return (finding.params.keys as string[]).map((key) =>
    unknownKey(part, `${pointer}/${escapePointer(key)}`, key, known),
  );
}

function unknownKey(part: Part, pointer: string, key: string, known: readonly string[]): ProblemItem {
  const detail = known.length > 0 ? `is not known here; there are ${known.join(', ')}` : 'is not known here';
  return { in: part, pointer, detail, suggestions: closest(key, known) };
}

/** RFC 6901. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${escapePointer(String(key))}`).join('');

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
