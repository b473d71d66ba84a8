/**
 * What a path to a model holds: a file of weights, or a folder as Hugging Face, diffusers, timm and open_clip
 * publish it, with the configuration beside the weights.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import {
  PipelineFolderError,
  UnknownCheckpointFormatError,
  UnreadableCheckpointError,
} from './checkpoint-errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readJson } from './json-file.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { pipelineIndexName, readPipeline } from './pipeline.ts';

export interface ModelSource extends AsyncDisposable {
  readonly checkpoint: Checkpoint;
  /** The file that was opened: of weights, or an index of their shards. */
  readonly weightsPath: string;
  /** The parsed `config.json` or `open_clip_config.json`. */
  readonly config?: unknown;
  /** The parsed `preprocessor_config.json`. */
  readonly preprocessor?: unknown;
  /** Names of all files in the folder, such as those of a tokenizer; of a single file just its own. */
  readonly files: readonly string[];
}

/** The names under which libraries save weights, best first: an index stands for all its shards. */
const weightsNames = ['model', 'diffusion_pytorch_model', 'open_clip_model']
  .flatMap((name) => [`${name}.safetensors.index.json`, `${name}.safetensors`])
  .concat(
    ['pytorch_model', 'diffusion_pytorch_model', 'open_clip_pytorch_model'].flatMap((name) => [
      `${name}.bin.index.json`,
      `${name}.bin`,
    ]),
  )
  .concat('model.fp16.safetensors', 'diffusion_pytorch_model.fp16.safetensors');

const weightsExtensions = new Set(['.safetensors', '.bin', '.pt', '.pth', '.th', '.ckpt', '.pb']);

const configNames = ['config.json', 'open_clip_config.json'];

const preprocessorName = 'preprocessor_config.json';

/**
 * Opens a file or folder; the caller disposes of it.
 * @throws UnreadableCheckpointError, UnknownCheckpointFormatError, PipelineFolderError, and whatever reading the
 *   weights throws
 */
export async function openModelSource(path: string): Promise<ModelSource> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableCheckpointError(path, error.code === 'ENOENT' ? 'it does not exist' : error.message);
  });
  if (stats.isDirectory()) return openFolder(path);
  // A file of such a name is part of a folder as a library saved it; any other stands for itself.
  return weightsNames.includes(basename(path))
    ? openFolder(dirname(path), basename(path))
    : openWeights(path, { files: [basename(path)] });
}

async function openFolder(folder: string, weights?: string): Promise<ModelSource> {
  const files = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  if (!weights && files.includes(pipelineIndexName)) {
    const { className, components } = await readPipeline(folder);
    throw new PipelineFolderError(folder, className, [...components.keys()]);
  }
  const config = configNames.find((name) => files.includes(name));
  const descriptions = {
    config: config && (await readJson(join(folder, config))),
    preprocessor: files.includes(preprocessorName)
      ? await readJson(join(folder, preprocessorName))
      : undefined,
    files,
  };
  return openWeights(join(folder, weights ?? findWeights(folder, files)), descriptions);
}

async function openWeights(
  weightsPath: string,
  descriptions: Pick<ModelSource, 'config' | 'preprocessor' | 'files'>,
): Promise<ModelSource> {
  const checkpoint = await openCheckpoint(weightsPath);
  return {
    checkpoint,
    weightsPath,
    ...descriptions,
    [Symbol.asyncDispose]: () => checkpoint[Symbol.asyncDispose](),
  };
}

function findWeights(folder: string, files: readonly string[]): string {
  const published = weightsNames.find((name) => files.includes(name));
  if (published) return published;
  const others = files.filter((name) => weightsExtensions.has(extname(name)));
  if (others.length === 1) return others[0]!;
  throw new UnknownCheckpointFormatError(
    folder,
    others.length > 1
      ? `there are several files of weights (${others.join(', ')}), name one`
      : `there is no file of weights among ${files.join(', ') || 'no files at all'}`,
  );
}
