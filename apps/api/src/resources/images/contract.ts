import { z } from 'zod';
import { problems, sha256, type RouteContract } from '../../http/contract.ts';

export const createImage = {
  method: 'POST',
  url: '/images',
  schema: {
    operationId: 'createImage',
    tags: ['runs'],
    summary: 'Upload an image that runs are to read',
    description:
      'The body is the file. The answer tells its sha256, by which inputs such as that of image-activations name it.',
    body: z.any().meta({ type: 'string', format: 'binary' }),
    consumes: ['application/octet-stream'],
    response: { 201: z.object({ sha256, bytes: z.int() }).meta({ id: 'StoredImage' }), ...problems },
  },
} as const satisfies RouteContract;
