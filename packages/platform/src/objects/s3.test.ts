import { afterAll, beforeAll, describe } from 'vitest';
import type { S3Config } from '../config.ts';
import { startSwift, type SwiftServer } from '../testing/swift.ts';
import { objectStoreContract } from './object-store.contract.ts';
import type { ObjectStore } from './object-store.ts';
import { createS3Store } from './s3.ts';

const environment = process.env;
const given: S3Config | undefined = environment['S3_ENDPOINT']
  ? {
      endpoint: environment['S3_ENDPOINT'],
      bucket: environment['S3_BUCKET'] ?? 'fovea-test',
      region: environment['S3_REGION'] ?? 'us-east-1',
      accessKeyId: environment['S3_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['S3_SECRET_ACCESS_KEY'] ?? '',
    }
  : undefined;

const wanted = given !== undefined || environment['TEST_S3'] === '1';

describe.skipIf(!wanted)('with TEST_S3=1 on OpenStack Swift, or on S3_ENDPOINT', () => {
  let swift: SwiftServer | undefined;
  let store: ObjectStore;
  beforeAll(async () => {
    swift = given ? undefined : await startSwift();
    store = createS3Store(given ?? swift!.s3);
  }, 180_000);
  afterAll(() => swift?.stop());

  objectStoreContract('S3', () => ({ store, fetch: fetchUrl }));
});

async function fetchUrl(url: string) {
  const response = await fetch(url);
  return {
    status: response.status,
    body: Buffer.from(await response.arrayBuffer()),
    mediaType: response.headers.get('content-type'),
  };
}
