/** `fovea train …`: networks that the project trains itself. */
import type { Engine } from '@fovea/interp';
import { callerPath } from '../caller-path.ts';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { progressFor } from '../progress.ts';
import { printJson } from '../table.ts';
import { DEFAULT_STEPS, trainDefault as train } from '../train/train-default.ts';

export interface TrainDefaultOptions {
  readonly json?: boolean;
  readonly seed?: number;
  readonly steps?: number;
  readonly out?: string;
}

export async function trainDefault({
  json = false,
  seed,
  steps,
  out,
}: TrainDefaultOptions): Promise<ExitCode> {
  if (steps !== undefined && steps < 1) throw badInput(`Training takes at least one step, not ${steps}.`);
  const progress = progressFor(json);
  const { test, seconds, checkpoint } = await train({
    seed,
    steps,
    out: out === undefined ? undefined : callerPath(out),
    onLine(line) {
      if ('engine' in line) progress.log(computingOn(line.engine));
      else if ('loss' in line) progress.step(line.step, steps ?? DEFAULT_STEPS, line.loss);
      else
        progress.log(
          `step ${line.step}: ${percent(line.evaluation.accuracy)} of the ${line.split} images right`,
        );
    },
  });
  progress.end();
  const { accuracy, images } = test;
  if (json) printJson({ accuracy, images, seconds, checkpoint });
  else process.stdout.write(`${percent(accuracy)} of ${images} held-out images right: ${checkpoint}\n`);
  return exitCodes.ok;
}

function computingOn(engine: Engine): string {
  if (engine.name === 'onnxruntime') return `compiled steps, onnxruntime ${engine.version}`;
  return `steps op by op: ${engine.reason}`;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
