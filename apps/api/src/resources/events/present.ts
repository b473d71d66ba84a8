import type { RunEvent as Row } from '@fovea/platform';
import type { z } from 'zod';
import type { LinkObject } from '../../object-links.ts';
import type { runEventSchema } from './contract.ts';

type RunEvent = z.infer<typeof runEventSchema>;

/** Objects leave as addresses; their keys stay here. */
export async function presentEvent(row: Row, link: LinkObject): Promise<RunEvent> {
  const { sequence, type, createdAt } = row;
  return {
    sequence,
    type,
    createdAt: createdAt.toISOString(),
    data: await presentData(row, link),
  } as RunEvent;
}

async function presentData({ type, data }: Row, link: LinkObject): Promise<unknown> {
  const { key, ...rest } = data as { key?: string; mediaType?: string };
  if (type === 'status') return { workerId: null, error: null, ...rest };
  if (type !== 'preview' && type !== 'artifact') return rest;
  return { ...rest, url: await link(key!, { mediaType: rest.mediaType! }) };
}
