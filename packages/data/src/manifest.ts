/** What is recorded of a dataset: `dataset.json` on disk, and the dataset's row on a server. */
import { z } from 'zod';
import type { DatasetFacts } from './dataset.ts';
import { orderedSplits } from './splits.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

/** What a name can be mistaken for is no name. */
export const isDigest = (text: string): boolean => sha256.safeParse(text).success;

/** Also a folder's name, hence no separators and no leading dot. */
export const datasetNameSchema = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'expected letters, digits, ".", "_" and "-", beginning with a letter or digit',
  )
  .refine((name) => !isDigest(name), 'expected a name, not a sha256');

export const columnSchema = z.object({
  name: z.string().min(1).max(100),
  type: z.enum(['number', 'text']),
  unit: z.string().optional(),
  description: z.string().optional(),
});

const generatedContent = z.object({
  type: z.literal('generated'),
  generator: z.string().describe('Which of the generators draws the images'),
  parameters: z.record(z.string(), z.unknown()).describe('What the generator is called with'),
});

const storedObject = z.object({ sha256, bytes: z.int().nonnegative() });

const storedContent = z.object({
  type: z.literal('stored'),
  container: z.enum(['folder', 'zip', 'tar', 'file']).describe('What it was imported from'),
  layout: z
    .enum(['images', 'index', 'cifar-10', 'cifar-100', 'idx'])
    .describe('Images by folder, images with an index file, or files of many images'),
  packs: z.array(storedObject).describe('The images, one after the other'),
  index: storedObject.describe(
    'An Arrow table: of each image where it lies in the packs, and what is known of it',
  ),
});

export const problemSchema = z.object({
  file: z.string().describe('Path within what was imported'),
  reason: z.enum(['damaged', 'unknown-format', 'too-large', 'unreadable', 'unlisted', 'missing']),
  message: z.string(),
});

/** A file that was left out. */
export type DatasetProblem = z.infer<typeof problemSchema>;

export const duplicatesSchema = z.object({
  count: z.int().nonnegative(),
  first: z.array(z.object({ file: z.string(), sameAs: z.string() })),
});

export type Duplicates = z.infer<typeof duplicatesSchema>;

export const datasetManifestSchema = z.object({
  name: datasetNameSchema,
  digest: sha256.describe('Over all that determines the images, their labels and columns'),
  description: z.string().optional(),
  license: z.string().optional(),
  source: z.string().optional(),
  classes: z.array(z.string()),
  splits: z.record(z.string(), z.int().nonnegative()).describe('Number of images by split'),
  columns: z.array(columnSchema),
  imageSize: z
    .object({ height: z.int().positive(), width: z.int().positive() })
    .nullable()
    .describe('Of every image in pixels; null where they differ'),
  bytes: z.int().nonnegative().describe('That the images take; 0 where they are drawn when asked for'),
  content: z.discriminatedUnion('type', [generatedContent, storedContent]),
  problems: z.array(problemSchema).describe('What was left out of the import'),
  duplicates: duplicatesSchema.describe('Images that are there more than once, byte by byte; each is kept'),
});

export type DatasetManifest = z.infer<typeof datasetManifestSchema>;

/** Without the content: what a dataset says of itself. */
export function factsOf(manifest: DatasetManifest): DatasetFacts {
  const { name, digest, description, license, source, classes, columns, imageSize } = manifest;
  const splits = Object.fromEntries(orderedSplits(manifest.splits));
  return { name, digest, description, license, source, classes, splits, columns, imageSize };
}

export const imageCount = ({ splits }: Pick<DatasetFacts, 'splits'>): number =>
  Object.values(splits).reduce((sum, size) => sum + size, 0);
