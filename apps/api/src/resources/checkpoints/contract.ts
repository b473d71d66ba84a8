import { z } from 'zod';
import { problems, sha256, type RouteContract } from '../../http/contract.ts';

const storedSchema = z.object({ sha256, bytes: z.int() }).meta({ id: 'StoredCheckpoint' });

export const putCheckpoint = {
  method: 'PUT',
  url: '/checkpoints/:sha256',
  schema: {
    operationId: 'putCheckpoint',
    tags: ['models'],
    summary: 'Upload the weights of a model',
    description:
      'The body is the file, streamed; the upload is refused when its sha256 is not the one in the path, and answered with 200 when they are stored already.',
    params: z.object({ sha256 }),
    body: z.any().meta({ type: 'string', format: 'binary' }),
    consumes: ['application/octet-stream'],
    response: {
      200: storedSchema,
      201: storedSchema,
      ...problems,
    },
  },
} as const satisfies RouteContract;
