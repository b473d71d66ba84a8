import type { Config } from '../config.ts';
import { createFilesystemStore } from './filesystem.ts';
import type { ObjectStore } from './object-store.ts';
import { createS3Store } from './s3.ts';

export const openObjectStore = ({ objects, secret, apiUrl }: Config): ObjectStore =>
  objects.driver === 's3'
    ? createS3Store(objects)
    : createFilesystemStore({ directory: objects.directory, secret, baseUrl: apiUrl });
