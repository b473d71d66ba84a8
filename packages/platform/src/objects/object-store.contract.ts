/** What every object store must do, whatever it keeps its objects in. */
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf } from './object-key.ts';
import type { ObjectStore } from './object-store.ts';

export interface Subject {
  readonly store: ObjectStore;
  /** Follows a signed link. */
  fetch(url: string): Promise<{ status: number; body: Buffer; mediaType: string | null }>;
}

export function objectStoreContract(name: string, subject: () => Subject): void {
  const store = () => subject().store;
  const read = async (key: string) => buffer((await store().get(key)).stream);
  const wrongKeys = [
    '',
    '../../etc/passwd',
    `${'a'.repeat(62)}/..`,
    `../${'a'.repeat(61)}`,
    'A'.repeat(64),
    `${'a'.repeat(64)}\n`,
    `${'a'.repeat(63)}\0`,
    `${'a'.repeat(64)}/b`,
  ];

  describe(`the ${name} store`, () => {
    test('what is put comes back under the sha256 of its content', async () => {
      const sizes = fc.uint8Array({ maxLength: 5_000 });
      await fc.assert(
        fc.asyncProperty(sizes, async (content) => {
          const stored = await store().put(content);
          expect(stored).toEqual({ key: keyOf(content), bytes: content.byteLength });
          expect(await store().head(stored.key)).toEqual(stored);
          expect(Buffer.compare(await read(stored.key), content)).toBe(0);
        }),
        { numRuns: 10, examples: [[new Uint8Array()]] },
      );
    });

    test('a stream is stored as its bytes are', async () => {
      const content = randomBytes(3_000_000);
      const pieces = async function* () {
        for (let at = 0; at < content.length; at += 70_001) yield content.subarray(at, at + 70_001);
      };
      expect(await store().put(pieces())).toEqual({ key: keyOf(content), bytes: content.length });
      expect(Buffer.compare(await read(keyOf(content)), content)).toBe(0);
    });

    test('a stream that breaks off leaves nothing behind', async () => {
      const before = await Array.fromAsync(store().list());
      const broken = async function* () {
        yield randomBytes(100_000);
        throw new Error('connection lost');
      };
      await expect(store().put(broken())).rejects.toThrow('connection lost');
      expect(await Array.fromAsync(store().list())).toEqual(before);
    });

    test('content that is not what was announced is refused and not stored', async () => {
      const content = randomBytes(1_000);
      const expectedKey = keyOf(randomBytes(8));
      const stream = async function* () {
        yield content;
      };
      for (const given of [content, stream()])
        await expect(store().put(given, { expectedKey })).rejects.toMatchObject({
          code: 'OBJECT_KEY_MISMATCH',
        });
      expect(await store().head(keyOf(content))).toBeNull();
    });

    test('the same content at the same moment is stored once', async () => {
      const content = randomBytes(200_000);
      const stored = await Promise.all(Array.from({ length: 6 }, () => store().put(content)));
      expect(new Set(stored.map(({ key }) => key)).size).toBe(1);
      expect(Buffer.compare(await read(stored[0]!.key), content)).toBe(0);
    });

    test('a range is read without the rest', async () => {
      const content = randomBytes(1_000);
      const { key } = await store().put(content);
      const range = async (start: number, end?: number) => {
        const body = await store().get(key, { start, end });
        return { start: body.start, end: body.end, bytes: body.bytes, content: await buffer(body.stream) };
      };
      expect(await range(10, 19)).toEqual({
        start: 10,
        end: 19,
        bytes: 1_000,
        content: content.subarray(10, 20),
      });
      expect(await range(990)).toMatchObject({ end: 999, content: content.subarray(990) });
      expect(await range(990, 5_000)).toMatchObject({ end: 999, content: content.subarray(990) });
      await expect(range(1_000)).rejects.toMatchObject({ code: 'OBJECT_RANGE_INVALID' });
      await expect(range(5, 4)).rejects.toMatchObject({ code: 'OBJECT_RANGE_INVALID' });
    });

    test('every object is listed, in the order of the keys', async () => {
      const contents = [randomBytes(10), randomBytes(11), randomBytes(12)];
      for (const content of contents) await store().put(content);
      const keys = (await Array.fromAsync(store().list())).map(({ key }) => key);
      expect(keys).toEqual(keys.toSorted());
      expect(keys).toEqual(expect.arrayContaining(contents.map(keyOf)));
    });

    test('a deleted object is gone, and deleting it again is no error', async () => {
      const { key } = await store().put(randomBytes(100));
      await store().delete(key);
      await store().delete(key);
      expect(await store().head(key)).toBeNull();
      await expect(store().get(key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    });

    test.for(wrongKeys)('%j is no key and reaches nothing', async (key) => {
      const invalid = { code: 'OBJECT_KEY_INVALID' };
      await expect(store().get(key)).rejects.toMatchObject(invalid);
      await expect(store().head(key)).rejects.toMatchObject(invalid);
      await expect(store().delete(key)).rejects.toMatchObject(invalid);
      const link = store().signedUrl(key, { expiresIn: 60, mediaType: 'image/png' });
      await expect(link).rejects.toMatchObject(invalid);
    });

    test('a signed link gives the object with its media type', async () => {
      const content = randomBytes(500);
      const { key } = await store().put(content);
      const url = await store().signedUrl(key, {
        expiresIn: 60,
        mediaType: 'image/png',
        fileName: 'ä b.png',
      });
      const response = await subject().fetch(url);
      expect(response).toMatchObject({ status: 200, mediaType: 'image/png' });
      expect(Buffer.compare(response.body, content)).toBe(0);
    });

    test('no part of a signed link can be altered', async () => {
      const { key } = await store().put(randomBytes(500));
      const { key: other } = await store().put(randomBytes(501));
      const url = await store().signedUrl(key, { expiresIn: 60, mediaType: 'image/png', fileName: 'a.png' });
      expect((await subject().fetch(url.replace(key, other))).status).toBe(403);
      for (const parameter of new URL(url).searchParams.keys()) {
        const altered = new URL(url);
        altered.searchParams.set(parameter, alter(altered.searchParams.get(parameter)!));
        const { status } = await subject().fetch(altered.href);
        expect([400, 403], `${parameter} altered`).toContain(status);
      }
    });

    test('a signed link expires', async () => {
      const { key } = await store().put(randomBytes(500));
      const url = await store().signedUrl(key, { expiresIn: 1, mediaType: 'image/png' });
      expect((await subject().fetch(url)).status).toBe(200);
      await expect
        .poll(async () => (await subject().fetch(url)).status, { timeout: 10_000, interval: 250 })
        .toBe(403);
    });
  });
}

const alter = (text: string) => (text.endsWith('1') ? `${text.slice(0, -1)}2` : `${text.slice(0, -1)}1`);
