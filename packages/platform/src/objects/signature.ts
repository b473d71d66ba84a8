/**
 * Links to objects that the API itself serves: `/objects/{key}?expires=...&mediaType=...&signature=...`.
 * The signature covers everything in the link, so that neither key, expiry, type nor name can be altered.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PlatformError } from '../errors.ts';
import { checkKey } from './object-key.ts';
import type { SignedUrlOptions } from './object-store.ts';

export interface SignedQuery {
  /** Seconds since 1970, in decimal digits. */
  readonly expires: string;
  readonly mediaType: string;
  readonly fileName?: string;
  readonly signature: string;
}

export interface SigningSettings {
  readonly secret: string;
  /** Address of the API, without a slash at its end. */
  readonly baseUrl: string;
  /** Milliseconds since 1970; tests move it. */
  readonly now?: () => number;
}

export function signObjectUrl(key: string, options: SignedUrlOptions, settings: SigningSettings): string {
  const now = settings.now ?? Date.now;
  const unsigned = {
    expires: String(Math.floor(now() / 1000) + options.expiresIn),
    mediaType: options.mediaType,
    ...(options.fileName === undefined ? {} : { fileName: options.fileName }),
  };
  const signature = sign(checkKey(key), unsigned, settings.secret).toString('base64url');
  const query = new URLSearchParams({ ...unsigned, signature }).toString();
  return `${settings.baseUrl}/objects/${key}?${query}`;
}

/** Throws SIGNATURE_INVALID or SIGNATURE_EXPIRED. */
export function verifySignature(
  key: string,
  query: SignedQuery,
  settings: Pick<SigningSettings, 'secret' | 'now'>,
): void {
  const { signature, ...unsigned } = query;
  const expected = sign(checkKey(key), unsigned, settings.secret);
  const given = Buffer.from(signature, 'base64url');
  // Decoding drops what is no base64url: compare the text too, or a link would have many spellings.
  const genuine =
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    signature === expected.toString('base64url');
  if (!genuine)
    throw new PlatformError('SIGNATURE_INVALID', 'The link was altered or signed by another server');
  if (Number(query.expires) * 1000 <= (settings.now ?? Date.now)())
    throw new PlatformError('SIGNATURE_EXPIRED', 'The link has expired: ask for a new one');
}

function sign(key: string, query: Omit<SignedQuery, 'signature'>, secret: string): Buffer {
  const signed = JSON.stringify([key, query.expires, query.mediaType, query.fileName ?? null]);
  return createHmac('sha256', secret).update(signed).digest();
}
