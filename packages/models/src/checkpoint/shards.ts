/**
 * Weights that Hugging Face split over several files: an index says which tensor is in which.
 * https://huggingface.co/docs/transformers/big_models
 */
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { CheckpointFile } from './checkpoint-file.ts';
import { MalformedCheckpointError, UnknownTensorError } from './checkpoint-errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { parseJson } from './json-file.ts';

const indexSchema = z.object({
  weight_map: z.record(
    z.string(),
    z.string().refine((name) => name === basename(name), 'not a file beside it'),
  ),
});

/**
 * One checkpoint over all shards; takes ownership of the index's file, which it closes.
 * @throws MalformedCheckpointError, and whatever the reading of a shard throws
 */
export async function readShards(
  file: CheckpointFile,
  openShard: (path: string) => Promise<Checkpoint>,
): Promise<Checkpoint> {
  const weightMap = await readIndex(file);
  const shards = new Map<string, Checkpoint>();
  const close = async (): Promise<void> => {
    for (const shard of shards.values()) await shard[Symbol.asyncDispose]();
  };
  try {
    for (const name of new Set(weightMap.values())) {
      shards.set(name, await openShard(join(dirname(file.path), name)));
    }
    const checkpoint = checkpointOver(file.path, withUnlisted(weightMap, shards), shards, close);
    await file[Symbol.asyncDispose]();
    return checkpoint;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tensors of which the index says nothing are not left out in silence: a network has a use for them or has not. */
function withUnlisted(
  weightMap: ReadonlyMap<string, string>,
  shards: ReadonlyMap<string, Checkpoint>,
): ReadonlyMap<string, string> {
  const held = [...shards].flatMap(([shard, { tensors }]) =>
    [...tensors.keys()].map((tensor) => [tensor, shard] as const),
  );
  return new Map([...held, ...weightMap]);
}

function checkpointOver(
  path: string,
  weightMap: ReadonlyMap<string, string>,
  shards: ReadonlyMap<string, Checkpoint>,
  close: () => Promise<void>,
): Checkpoint {
  const shardOf = (tensor: string): Checkpoint => {
    const name = weightMap.get(tensor);
    if (name === undefined) throw new UnknownTensorError(path, tensor, [...weightMap.keys()]);
    return shards.get(name)!;
  };
  return {
    format: [...shards.values()][0]!.format,
    metadata: {},
    tensors: tensorsOf(path, weightMap, shards),
    read: async (name) => shardOf(name).read(name),
    readStored: async (name) => shardOf(name).readStored(name),
    [Symbol.asyncDispose]: close,
  };
}

async function readIndex(file: CheckpointFile): Promise<Map<string, string>> {
  const parsed = indexSchema.safeParse(await parseJson(file));
  if (!parsed.success) throw malformed(file.path, z.prettifyError(parsed.error));
  const weightMap = new Map(Object.entries(parsed.data.weight_map));
  if (weightMap.size === 0) throw malformed(file.path, 'it lists no tensors');
  return weightMap;
}

function tensorsOf(
  path: string,
  weightMap: ReadonlyMap<string, string>,
  shards: ReadonlyMap<string, Checkpoint>,
): Checkpoint['tensors'] {
  return new Map(
    [...weightMap].map(([tensor, shard]) => {
      const found = shards.get(shard)!.tensors.get(tensor);
      if (!found) throw malformed(path, `tensor "${tensor}" is not in ${shard}`);
      return [tensor, found];
    }),
  );
}

function malformed(path: string, fault: string): MalformedCheckpointError {
  return new MalformedCheckpointError(path, 'an index of shards', fault);
}
