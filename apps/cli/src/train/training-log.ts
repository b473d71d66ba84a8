/** The log of a training run: one JSON object a line. */
import { appendFile, rm } from 'node:fs/promises';
import type { Engine, TrainingStep } from '@fovea/interp';
import type { Evaluation } from './evaluation.ts';

/** The first line. */
export interface EngineLine {
  readonly engine: Engine;
}

/** Loss and accuracy are means over the steps since the line before. */
export interface ProgressLine {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  /** Since the start. */
  readonly seconds: number;
}

export interface EvaluationLine {
  readonly step: number;
  readonly split: 'validation' | 'test';
  readonly evaluation: Evaluation;
  readonly seconds: number;
}

export type LogLine = EngineLine | ProgressLine | EvaluationLine;

export interface TrainingLog {
  write(line: LogLine): Promise<void>;
}

/** Starts an empty file at `path`; `onLine` hears each line too. */
export async function startLog(path: string, onLine: (line: LogLine) => void): Promise<TrainingLog> {
  await rm(path, { force: true });
  return {
    async write(line) {
      await appendFile(path, `${JSON.stringify(line)}\n`);
      onLine(line);
    },
  };
}

export function progressLine(
  steps: readonly Omit<TrainingStep, 'parameters'>[],
  seconds: number,
): ProgressLine {
  const mean = (values: readonly number[]) =>
    Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4));
  const { step, learningRate } = steps.at(-1)!;
  return {
    step,
    loss: mean(steps.map(({ loss }) => loss)),
    accuracy: mean(steps.map(({ accuracy }) => accuracy)),
    learningRate: Number(learningRate.toPrecision(4)),
    seconds,
  };
}
