import { z } from 'zod';
import { problems, raw, type RouteContract } from '../../http/contract.ts';

export const getObject = {
  method: 'GET',
  url: '/objects/:key',
  schema: {
    operationId: 'getObject',
    tags: ['artifacts'],
    summary: 'Fetch stored content by a signed address',
    description:
      'The addresses come from artifacts, events and runs. They cannot be altered and expire. Ranges and ' +
      'conditional requests are answered. Only the filesystem store needs this; S3 signs addresses of its own.',
    params: z.object({ key: z.string().max(200) }),
    querystring: z.strictObject({
      expires: z.string().max(20).describe('Seconds since 1970'),
      mediaType: z.string().max(200),
      fileName: z.string().max(300).optional(),
      signature: z.string().max(200),
    }),
    response: {
      200: raw('application/octet-stream', 'The content'),
      206: raw('application/octet-stream', 'A range of the content'),
      ...problems,
    },
  },
} as const satisfies RouteContract;
