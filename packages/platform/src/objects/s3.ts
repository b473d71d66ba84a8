import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Config } from '../config.ts';
import { PlatformError } from '../errors.ts';
import { resolveRange } from './byte-range.ts';
import { checkExpectedKey, checkKey, keyOf, objectNotFound } from './object-key.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

/** Objects up to 5 GiB, S3's limit for one upload; the bucket must exist. */
export function createS3Store(config: S3Config): ObjectStore {
  const { bucket } = config;
  const client = createS3Client(config);

  const head = async (key: string): Promise<StoredObject | null> => {
    try {
      const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: checkKey(key) }));
      return { key, bytes: found.ContentLength ?? 0 };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  const upload = async (object: StoredObject, body: Uint8Array | Readable): Promise<StoredObject> => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: object.key,
      Body: body,
      ContentLength: object.bytes,
    });
    try {
      await client.send(command);
    } catch (error) {
      throw statusOf(error) === 507 ? storageFull(bucket, error) : error;
    }
    return object;
  };

  return {
    head,

    async put(content, { expectedKey } = {}) {
      if (content instanceof Uint8Array) {
        const key = keyOf(content);
        checkExpectedKey(key, expectedKey);
        return (await head(key)) ?? upload({ key, bytes: content.byteLength }, content);
      }
      await using spool = await spoolToDisk(content);
      checkExpectedKey(spool.key, expectedKey);
      const object = { key: spool.key, bytes: spool.bytes };
      // Awaited here: the spool is removed when this function returns.
      return (await head(object.key)) ?? (await upload(object, createReadStream(spool.file)));
    },

    async get(key, range) {
      const found = await head(key);
      if (!found) throw objectNotFound(key);
      const { start, end } = resolveRange(found.bytes, range);
      const response = await client.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(range === undefined ? {} : { Range: `bytes=${start}-${end}` }),
        }),
      );
      return { ...found, start, end, stream: response.Body as Readable };
    },

    async *list() {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket }))
        for (const entry of page.Contents ?? [])
          if (entry.Key !== undefined) yield { key: entry.Key, bytes: entry.Size ?? 0 };
    },

    // One request per key: several S3 servers lack the bulk delete.
    async delete(key) {
      try {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: checkKey(key) }));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },

    async signedUrl(key, { expiresIn, mediaType, fileName }) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: checkKey(key),
        ResponseContentType: mediaType,
        ...(fileName === undefined
          ? {}
          : { ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` }),
      });
      return getSignedUrl(client, command, { expiresIn });
    },
  };
}

/** Path-style addresses and checksums only where required: what S3 servers other than Amazon's understand. */
export const createS3Client = (config: S3Config): S3Client =>
  new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
  });

/** A stream's key is known only at its end, and S3 wants the key first. */
async function spoolToDisk(content: AsyncIterable<Uint8Array>) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'fovea-upload-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const file = path.join(directory, 'content');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    await using handle = await open(file, 'wx');
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await handle.appendFile(chunk);
    }
    return { file, key: hash.digest('hex'), bytes, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

const statusOf = (error: unknown) =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

const isMissing = (error: unknown) => statusOf(error) === 404;

const storageFull = (bucket: string, cause: unknown) =>
  new PlatformError('STORAGE_FULL', `No space left in the bucket ${bucket}`, {}, { cause });
