/** What the command line asks of the bench. */
import { parseArgs } from 'node:util';
import { closest } from '../packages/models/src/closest.ts';
import type { Figure } from './figure.ts';
import { figures, figuresNamed } from './figures/all.ts';

export class OrderError extends Error {
  override readonly name = 'OrderError';
}

export interface Order {
  readonly figures: readonly Figure[];
  /** Tables that are no figures: they are measured by name, `gradients` also when all is. */
  readonly tables: readonly TableName[];
  readonly peer?: string;
  readonly peerPairs: number;
  /** One object on the last line of stdout, and nothing else there. */
  readonly json: boolean;
  /** Print the names of the figures instead. */
  readonly list: boolean;
  /** Path of a Markdown file. */
  readonly write?: string;
}

const tableNames = ['gradients', 'api', 'units'] as const;
export type TableName = (typeof tableNames)[number];

/** @throws OrderError */
export function readOrder(args: readonly string[]): Order {
  const { only, peer, pairs, ...rest } = parse(args);
  const tables = only === undefined ? (['gradients'] as const) : tableNames.filter((name) => name === only);
  const chosen = only === undefined ? figures : figuresNamed(only);
  if (chosen.length + tables.length === 0) throw unknownFigure(only!);
  if (peer !== undefined && (chosen.length !== 1 || !chosen[0]!.body))
    throw new OrderError(
      `A peer is compared with one figure, a step or a forward pass: add --only step:MODEL:LAYER or --only forward:MODEL`,
    );
  const peerPairs = Number(pairs);
  if (!Number.isInteger(peerPairs) || peerPairs < 1)
    throw new OrderError(`--pairs must be a positive whole number, not "${pairs}"`);
  return { figures: chosen, tables, peer, peerPairs, ...rest };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        peer: { type: 'string' },
        pairs: { type: 'string', default: '5' },
        json: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        write: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new OrderError((error as Error).message);
  }
}

function unknownFigure(name: string): OrderError {
  const nearest = closest(name, [...figures.map((figure) => figure.name), ...tableNames]);
  return new OrderError(
    `There is no figure "${name}"; the nearest are ${nearest.join(', ')}. --list names all, and step, compile, memory, efficiency and catalogue take any :MODEL:LAYER`,
  );
}
