/** `fovea train default`: trains the network that ships, and writes its checkpoint, manifest and log. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ProceduralImages } from '@fovea/data';
import {
  initialParameters,
  startTraining,
  trainClassifier,
  type Parameters,
  type TrainingRun,
  type TrainingStep,
} from '@fovea/interp';
import { describeModel, foveaHome, writeManifest, type Manifest, type Network } from '@fovea/models';
import { randomFor, startBackend } from '@fovea/tensor';
import { defaultClassifier, LABEL_SMOOTHING, trainingImages } from './default-classifier.ts';
import { drawBatch } from './draw-batch.ts';
import { evaluate, type Evaluation } from './evaluation.ts';
import { roundToStored, writeParameters } from './stored-parameters.ts';
import { progressLine, startLog, type LogLine, type TrainingLog } from './training-log.ts';
import { startThreads, type TrainingThreads } from './training-threads.ts';

const NAME = 'fovea_mini';
const BATCH = 64;

export const DEFAULT_STEPS = 4500;

/** Fixed, whatever the machine: what is not compiled adds up in an order that depends on it. */
const THREADS = 2;

const STEPS_PER_LINE = 25;
const STEPS_PER_VALIDATION = 500;

export interface TrainDefaultOptions {
  /** Of the initial weights and of the choice of images. */
  readonly seed?: number;
  readonly steps?: number;
  /** Folder for the files; default: `training` under Fovea's home. */
  readonly out?: string;
  readonly onLine?: (line: LogLine) => void;
}

export interface TrainedModel {
  readonly checkpoint: string;
  readonly manifest: string;
  readonly log: string;
  /** Of the weights as they are stored, on images that took no part in training or in any choice. */
  readonly test: Evaluation;
  readonly seconds: number;
}

/** What one training works with. */
interface Training {
  readonly seed: number;
  readonly steps: number;
  readonly network: Network;
  readonly images: ProceduralImages;
  readonly run: TrainingRun;
  readonly threads: TrainingThreads;
  readonly log: TrainingLog;
  readonly checkpoint: string;
  /** Since the start. */
  readonly seconds: () => number;
}

/** The same seed and steps on the same engine and backend give the same bytes; the log's first line names the engine. */
export async function trainDefault(options: TrainDefaultOptions = {}): Promise<TrainedModel> {
  const { seed = 0, steps = DEFAULT_STEPS, out = join(foveaHome(), 'training'), onLine = () => {} } = options;
  await mkdir(out, { recursive: true });
  const path = (extension: string) => join(out, `${NAME}.${extension}`);
  const [checkpoint, manifest, log] = [path('safetensors'), path('json'), path('training.jsonl')];
  const started = performance.now();
  await startBackend();
  const classifier = defaultClassifier();
  using run = await startTraining(classifier, {
    batch: BATCH,
    smoothing: LABEL_SMOOTHING,
    schedule: schedule(steps),
  });
  const training: Training = {
    seed,
    steps,
    run,
    network: classifier.network,
    images: trainingImages(),
    threads: startThreads(THREADS),
    log: await startLog(log, onLine),
    checkpoint,
    seconds: () => Math.round((performance.now() - started) / 100) / 10,
  };
  try {
    await training.log.write({ engine: run.engine });
    const stored = await fit(training);
    const test = await evaluateOn('test', training, stored, steps);
    await writeManifest(manifest, await describe(training));
    return { checkpoint, manifest, log, test, seconds: training.seconds() };
  } finally {
    await training.threads.stop();
  }
}

/** Trains to the last step, keeping log and checkpoint; returns the parameters as they are stored. */
async function fit(training: Training): Promise<Parameters> {
  const { steps, log } = training;
  let since: Omit<TrainingStep, 'parameters'>[] = [];
  let stored: Parameters = new Float32Array();
  for await (const { parameters, ...step } of stepsOf(training)) {
    since.push(step);
    const last = step.step === steps;
    if (last || step.step % STEPS_PER_LINE === 0) {
      await log.write(progressLine(since, training.seconds()));
      since = [];
    }
    if (last || step.step % STEPS_PER_VALIDATION === 0) {
      stored = roundToStored(parameters);
      await writeCheckpoint(training, stored);
      await evaluateOn('validation', training, stored, step.step);
    }
  }
  return stored;
}

/** Compiled; where that cannot be, op by op, with the batch shared among threads. */
function stepsOf({ seed, steps, run, network, images, threads }: Training): AsyncGenerator<TrainingStep> {
  const initial = initialParameters(network, seed);
  const indices = (step: number) => drawIndices(images, seed, step);
  if (run.engine.name === 'onnxruntime')
    return run.steps(initial, (step) => drawBatch(images, 'train', indices(step)));
  const gradients = (step: number, current: Parameters) => threads.gradients(current, indices(step));
  return trainClassifier(network, initial, gradients, schedule(steps));
}

const schedule = (steps: number) => ({
  steps,
  learningRate: 3e-3,
  warmup: Math.min(200, Math.ceil(steps / 10)),
  weightDecay: 0.5,
  gradientNorm: 1,
});

function drawIndices(images: ProceduralImages, seed: number, step: number): number[] {
  const random = randomFor(seed, step, 'batch');
  return Array.from({ length: BATCH }, () => random.integer(images.splits.train));
}

async function writeCheckpoint(
  { checkpoint, network, images, seed, steps }: Training,
  parameters: Parameters,
): Promise<void> {
  await writeParameters(checkpoint, network, parameters, {
    seed: `${seed}`,
    steps: `${steps}`,
    dataset: images.name,
    datasetDigest: images.digest,
  });
}

async function evaluateOn(
  split: 'validation' | 'test',
  { images, threads, log, seconds }: Training,
  parameters: Parameters,
  step: number,
): Promise<Evaluation> {
  const total = images.splits[split];
  const labels = Int32Array.from({ length: total }, (_, index) => images.label(split, index));
  const predictions = await threads.classify(parameters, split, total);
  const evaluation = evaluate(labels, predictions, images.classes.length);
  await log.write({ step, split, evaluation, seconds: seconds() });
  return evaluation;
}

async function describe({ checkpoint, images }: Training): Promise<Manifest> {
  return describeModel(checkpoint, NAME, {
    name: NAME,
    classes: images.classes,
    source: 'Trained by this project: docs/default-network.md',
    license: 'Apache-2.0',
  });
}
