/** A place in a sorted list, by the values of the last row rather than by its number: rows may come and go. */
import { z } from 'zod';
import { RequestError } from '../../http/problem.ts';
import type { RunQuery } from './contract.ts';

const cursorSchema = z.object({
  sort: z.string(),
  direction: z.string(),
  value: z.union([z.string(), z.number(), z.null()]),
  id: z.uuid(),
});

export interface Position {
  /** Of the column sorted by; null where the row has none yet. */
  readonly value: string | number | null;
  readonly id: string;
}

type Order = Pick<RunQuery, 'sort' | 'direction'>;

export function encodeCursor({ sort, direction }: Order, { value, id }: Position): string {
  return Buffer.from(JSON.stringify({ sort, direction, value, id })).toString('base64url');
}

/** Throws CURSOR_INVALID, also for a cursor of a list in another order. */
export function decodeCursor(order: Order, cursor: string): Position {
  const found = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (found.success && found.data.sort === order.sort && found.data.direction === order.direction)
    return found.data;
  const detail = 'is not the nextCursor of a page in this order; leave it out to start at the first page';
  throw new RequestError(400, 'CURSOR_INVALID', `cursor ${detail}`, [
    { in: 'query', pointer: '/cursor', detail },
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
