/**
 * Objects lie under the sha256 of their content, so nothing is ever overwritten and a key proves its bytes.
 * An object has no media type of its own: the same bytes may be referred to as different things, so the
 * type belongs to the row that refers to them and is handed to `signedUrl`.
 */
import type { Readable } from 'node:stream';

export type ObjectContent = Uint8Array | AsyncIterable<Uint8Array>;

export interface StoredObject {
  /** sha256 of the content, 64 lower-case hexadecimal digits. */
  readonly key: string;
  readonly bytes: number;
}

export interface PutOptions {
  /** What the content must hash to; OBJECT_KEY_MISMATCH, with nothing stored, when it does not. */
  readonly expectedKey?: string;
}

/** Offsets in bytes, both inclusive, as in HTTP. */
export interface ByteRange {
  readonly start: number;
  /** Default: the last byte. */
  readonly end?: number;
}

export interface ObjectBody extends StoredObject {
  /** The range that `stream` holds. */
  readonly start: number;
  readonly end: number;
  readonly stream: Readable;
}

export interface SignedUrlOptions {
  /** Seconds. */
  readonly expiresIn: number;
  readonly mediaType: string;
  /** Makes browsers save under this name instead of showing. */
  readonly fileName?: string;
}

/** Every method that takes a key throws OBJECT_KEY_INVALID for anything but a sha256 in hexadecimal. */
export interface ObjectStore {
  /** All or nothing. Throws STORAGE_FULL. Storing what is already there is free and changes nothing. */
  put(content: ObjectContent, options?: PutOptions): Promise<StoredObject>;
  /** Throws OBJECT_NOT_FOUND, or OBJECT_RANGE_INVALID when the range begins beyond the end. */
  get(key: string, range?: ByteRange): Promise<ObjectBody>;
  head(key: string): Promise<StoredObject | null>;
  /** In the order of their keys. */
  list(): AsyncIterable<StoredObject>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** A link that anyone may follow until it expires. */
  signedUrl(key: string, options: SignedUrlOptions): Promise<string>;
}
