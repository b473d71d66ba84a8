import { expect, test } from 'vitest';
import { nameOfFile } from './name-of-file.ts';

test.each([
  ['my photos (1).zip', 'my-photos-1-'],
  ['cifar-10-binary.tar.gz', 'cifar-10-binary'],
  ['_private.tgz', 'private'],
  ['t10k-images-idx3-ubyte.gz', 't10k-images-idx3-ubyte'],
  ['日本.zip', ''],
])('%s becomes %s', (file, name) => {
  expect(nameOfFile(file)).toBe(name);
});
