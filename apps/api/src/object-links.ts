/** Addresses at which browsers fetch stored objects. */
import type { SignedUrlOptions } from '@fovea/platform';
import type { FastifyRequest } from 'fastify';
import type { Services } from './services.ts';

export type LinkObject = (key: string, options: Omit<SignedUrlOptions, 'expiresIn'>) => Promise<string>;

/**
 * S3 signs absolute addresses. The filesystem store signs paths of this API, which are completed with the address
 * that the request came to, unless another one is configured.
 */
export function objectLinks({ store, settings }: Services, request: FastifyRequest): LinkObject {
  const origin = settings.publicUrl ?? `${request.protocol}://${request.host}`;
  return async (key, options) => {
    const url = await store.signedUrl(key, { ...options, expiresIn: secondsToExpiry(settings.linkSeconds) });
    return url.startsWith('/') ? origin + url : url;
  };
}

const HOUR = 3600;

/** Links of one hour are equal, so that browsers need not fetch again what they have. */
function secondsToExpiry(least: number): number {
  const now = Math.floor(Date.now() / 1000);
  const step = Math.min(HOUR, least);
  return Math.ceil((now + least) / step) * step - now;
}
