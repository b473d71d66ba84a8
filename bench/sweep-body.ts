/** Sweeps over images: statistics and the best examples of every unit of some layers. */
import { sweep, type ImageBatch } from '../packages/interp/src/index.ts';
import { randomFor, tf } from '../packages/tensor/src/index.ts';
import { loadModel } from './model.ts';
import { repeated, type Body } from './pairs.ts';

export interface SweepJob {
  readonly model: string;
  readonly layers: readonly string[];
}

/** Its time is that of one image. */
export async function sweepBody(
  job: SweepJob,
  { engine, images }: { readonly engine: 'compiled' | 'eager'; readonly images: number },
): Promise<Body> {
  const model = await loadModel(job.model);
  const settings = { layers: job.layers, batch: 1, top: 10, sample: [], classes: 0 };
  const { height, width } = model.preprocessing;
  const random = randomFor(0, 0, 'pixels');
  const pixels = Float32Array.from({ length: height * width * 3 }, () => random.uniform());
  const batches: ImageBatch[] = Array.from({ length: images }, (_, index) => ({ pixels, indices: [index] }));
  const run = (from: readonly ImageBatch[]) => sweep(model, from, settings, { engine });
  await run(batches.slice(0, 1));
  const label = engine === 'eager' ? `eager, ${tf.getBackend()}` : 'compiled';
  const body = repeated(
    label,
    1,
    () => run(batches),
    () => model.dispose(),
  );
  return { ...body, time: async () => (await body.time()) / images };
}
