const kinds: Readonly<Record<string, string>> = {
  generated: 'Drawn by Fovea',
  images: 'Images in folders',
  index: 'Images with an index file',
  'cifar-10': 'CIFAR-10 files',
  'cifar-100': 'CIFAR-100 files',
  idx: 'idx files',
};

/** What a dataset was made of. */
export const kindText = (kind: string): string => kinds[kind] ?? kind;
