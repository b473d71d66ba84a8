/** A folder of diffusers that holds several networks, each in a folder of its own. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MalformedCheckpointError } from './checkpoint-errors.ts';
import { readJson } from './json-file.ts';

export const pipelineIndexName = 'model_index.json';

export interface Pipeline {
  /** Such as `StableDiffusionPipeline`. */
  readonly className: string;
  /** Networks, schedulers and tokenizers by name (`unet`, `vae`, `text_encoder`), where their folder is there. */
  readonly components: ReadonlyMap<string, { readonly className: string; readonly path: string }>;
}

const componentSchema = z.tuple([z.string().nullable(), z.string().nullable()]);

/** @throws UnreadableCheckpointError, MalformedCheckpointError */
export async function readPipeline(folder: string): Promise<Pipeline> {
  const path = join(folder, pipelineIndexName);
  const index = z.looseObject({ _class_name: z.string() }).safeParse(await readJson(path));
  if (!index.success) {
    throw new MalformedCheckpointError(path, 'an index of a pipeline', z.prettifyError(index.error));
  }
  const { _class_name: className, ...entries } = index.data;
  const components = new Map<string, { className: string; path: string }>();
  for (const [name, entry] of Object.entries(entries)) {
    const { data: [, componentClass] = [] } = componentSchema.safeParse(entry);
    if (!componentClass || !/^\w+$/.test(name)) continue;
    const componentPath = join(folder, name);
    const stats = await stat(componentPath).catch(() => undefined);
    if (stats?.isDirectory()) components.set(name, { className: componentClass, path: componentPath });
  }
  return { className, components };
}
