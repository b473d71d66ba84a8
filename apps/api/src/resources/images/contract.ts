import { z } from 'zod';
import { problems, sha256, type RouteContract } from '../../http/contract.ts';

const storedSchema = z.object({ sha256, bytes: z.int() }).meta({ id: 'StoredImage' });

export const putImage = {
  method: 'PUT',
  url: '/images/:sha256',
  schema: {
    operationId: 'putImage',
    tags: ['runs'],
    summary: 'Upload an image that runs are to read',
    description:
      'The body is the file. Its sha256 is what an input such as that of image-activations names; another one than in the path is refused.',
    params: z.object({ sha256 }),
    body: z.any().meta({ type: 'string', format: 'binary' }),
    consumes: ['application/octet-stream'],
    response: { 200: storedSchema, ...problems },
  },
} as const satisfies RouteContract;
