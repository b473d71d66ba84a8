/**
 * JSON can spell text that Postgres cannot hold: NUL characters and halves of surrogate pairs. Everything else,
 * SQL and HTML included, is stored and returned as it came.
 */
import type { FastifyInstance } from 'fastify';
import { isPlain } from './nesting.ts';
import { RequestError } from './problem.ts';
import { pointerOf } from './validation-items.ts';

export function registerStorableText(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    for (const [part, value] of [
      ['body', request.body],
      ['query', request.query],
      ['path', request.params],
    ] as const) {
      const path = findUnstorable(value);
      if (path === undefined) continue;
      const detail = 'holds a NUL character or half of a surrogate pair, which no stored text can';
      const pointer = pointerOf(path);
      throw new RequestError(400, 'TEXT_UNSTORABLE', `${pointer || part} ${detail}`, [
        { in: part, pointer, detail },
      ]);
    }
  });
}

function findUnstorable(value: unknown): string[] | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : [];
  if (!isPlain(value)) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (!isStorable(key)) return [];
    const path = findUnstorable(child);
    if (path) return [key, ...path];
  }
  return undefined;
}

const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');
