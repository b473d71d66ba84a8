/** A worker thread of training: draws its images and computes on them, so that cores share a step's batch. */
import { parentPort } from 'node:worker_threads';
import { classifierGradient, classify } from '@fovea/interp';
import { startBackend } from '@fovea/tensor';
import { defaultClassifier, LABEL_SMOOTHING, trainingImages } from './default-classifier.ts';
import { drawBatch } from './draw-batch.ts';
import type { ClassifyRequest, Replies, Request } from './messages.ts';

const EVALUATION_BATCH = 60;

const classifier = defaultClassifier();
const images = trainingImages();

async function classifyRange({ parameters, split, from, to }: ClassifyRequest): Promise<Int32Array> {
  const predicted = new Int32Array(to - from);
  for (let start = from; start < to; start += EVALUATION_BATCH) {
    const count = Math.min(EVALUATION_BATCH, to - start);
    const indices = Array.from({ length: count }, (_, i) => start + i);
    predicted.set(await classify(classifier, parameters, drawBatch(images, split, indices)), start - from);
  }
  return predicted;
}

async function answer(request: Request): Promise<Replies[Request['task']]> {
  if (request.task === 'classify') return classifyRange(request);
  const { parameters, indices } = request;
  return classifierGradient(classifier, parameters, drawBatch(images, 'train', indices), LABEL_SMOOTHING);
}

await startBackend({ threads: 1 });
parentPort!.on('message', async (request: Request) => parentPort!.postMessage(await answer(request)));
