/** Forward passes on one image: what a sweep over a data set, or a look at activations, repeats. */
import { startExecution } from '../packages/interp/src/execution/execution.ts';
import { randomFor, tf } from '../packages/tensor/src/index.ts';
import { loadModel } from './model.ts';
import { repeated, type Body } from './pairs.ts';

export interface ForwardJob {
  readonly model: string;
  /** Hook points whose values come out; default: the logits alone. */
  readonly captures?: readonly string[];
}

export async function forwardBody(
  job: ForwardJob,
  { engine, runs }: { readonly engine: 'compiled' | 'eager'; readonly runs: number },
): Promise<Body> {
  const model = await loadModel(job.model);
  const until = job.captures ?? ['logits'];
  const { height, width } = model.preprocessing;
  const random = randomFor(0, 0, 'pixels');
  const image = Float32Array.from({ length: height * width * 3 }, () => random.uniform());
  const execution = await startExecution(
    {
      model,
      key: ['forward', until],
      inputs: { image: { shape: [1, height, width, 3] } },
      run: (fed) => model.run(model.preprocess(fed.image as tf.Tensor4D), { until }),
    },
    { engine },
  );
  await execution.run({ image });
  return repeated(
    engine === 'eager' ? `eager, ${tf.getBackend()}` : 'compiled',
    runs,
    () => execution.run({ image }),
    () => {
      execution[Symbol.dispose]();
      model.dispose();
    },
  );
}
