/** What is recorded of a registered model: `model.json` on disk, and the model's row on a server. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InvalidModelNameError, MalformedManifestError } from './errors.ts';
import { preprocessingSchema, type Preprocessing } from './preprocessing.ts';
import { selfTestSchema } from './self-test-result.ts';
import { writeAtomically } from './write-atomically.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

/** Also a folder's name, hence no separators and no leading dot. */
export const modelNameSchema = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'expected letters, digits, ".", "_" and "-", beginning with a letter or digit',
  );

/** @throws InvalidModelNameError */
export function checkModelName(name: string): string {
  const parsed = modelNameSchema.safeParse(name);
  if (!parsed.success) throw new InvalidModelNameError(name, parsed.error.issues[0]!.message);
  return parsed.data;
}

export const receptiveFieldSchema = z.object({
  size: z.int().positive().describe('Side of the patch of input that one position sees, in pixels'),
  stride: z.int().positive().describe('Distance of neighbouring positions, in input pixels'),
  offset: z.number().describe('Centre of position (0, 0), in input pixels'),
});

export const hookPointSchema = z.object({
  name: z.string(),
  kind: z.string().describe('What makes the value: conv, relu, concat, max_pool, ...'),
  shape: z.array(z.int().positive()).describe('Without batch, at the nominal input size'),
  axes: z
    .array(z.enum(['height', 'width', 'position', 'head', 'query', 'key', 'channel']))
    .describe('What each axis of the shape counts'),
  channels: z.int().positive().describe('Length of the last axis'),
  receptiveField: receptiveFieldSchema.optional(),
  parameters: z.int().nonnegative(),
  sources: z.array(z.string()).describe('The inputs and hook points from which it is directly computed'),
});

export const manifestSchema = z.object({
  name: modelNameSchema,
  architecture: z.string(),
  variant: z.string().describe("Which of the architecture's published forms the checkpoint has"),
  config: z.json().optional().describe('The configuration that came with the weights'),
  preprocessing: preprocessingSchema,
  checkpoint: z.object({
    sha256,
    bytes: z.int().positive(),
    format: z.enum(['safetensors', 'onnx']),
  }),
  digest: sha256.describe('Over architecture, variant, configuration, checkpoint and preprocessing'),
  parameters: z.int().nonnegative(),
  hookPoints: z.array(hookPointSchema),
  classes: z.array(z.string()).optional().describe('Names of the logits'),
  selfTest: selfTestSchema,
  origin: z
    .object({ format: z.string(), file: z.string(), sha256 })
    .optional()
    .describe('The file from which the weights were converted'),
  source: z.string().optional(),
  license: z.string().optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** What every result names as its model. */
export function modelDigest(model: {
  architecture: string;
  variant: string;
  config?: unknown;
  checkpoint: { sha256: string };
  preprocessing: Preprocessing;
}): string {
  const { height, width, channelOrder, scale, mean, std, crop, interpolation } = model.preprocessing;
  const identity = [
    model.architecture,
    model.variant,
    model.checkpoint.sha256,
    [height, width, channelOrder, scale, mean, std, crop, interpolation],
    model.config,
  ];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

/** @throws MalformedManifestError */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new MalformedManifestError(path, 'it is not JSON', { cause: error });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw new MalformedManifestError(path, z.prettifyError(parsed.error));
  if (modelDigest(parsed.data) !== parsed.data.digest) {
    throw new MalformedManifestError(path, 'its digest does not belong to its content');
  }
  return parsed.data;
}

export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
