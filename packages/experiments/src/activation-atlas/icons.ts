/** The icons of all cells, in batches that are independent of each other. */
import {
  featureVisualization,
  iconScores,
  iconVisualization,
  placesFor,
  type Engine,
  type IconSettings,
  type Picture,
} from '@fovea/interp';
import { availableParallelism } from 'node:os';
import type { RunContext } from '../kind.ts';
import { merge } from '../merge.ts';
import type { GridPlan } from './plan.ts';
import type { SampleSource } from './samples.ts';

/** Of one grid, cell after cell. */
export interface Icons {
  /** RGB, 0 to 255: [cells, size, size, 3]. */
  readonly pixels: Uint8Array;
  /** Of the best attempt so far; -Infinity before the first. */
  readonly scores: Float64Array;
}

export interface IconWork {
  readonly icons: readonly Icons[];
  /** Numbers of the batches that are done. */
  readonly done: readonly number[];
}

/** Some cells of a grid, and which attempt at them. */
interface IconBatch {
  readonly number: number;
  readonly grid: number;
  readonly cells: readonly number[];
}

export type IconEvent =
  | { readonly type: 'step' }
  | { readonly type: 'engine'; readonly engine: Engine }
  | { readonly type: 'batch'; readonly work: IconWork };

export function noIcons(grids: readonly GridPlan[], size: number): IconWork {
  const icons = grids.map(({ cells }) => ({
    pixels: new Uint8Array(cells.length * size * size * 3),
    scores: new Float64Array(cells.length).fill(-Infinity),
  }));
  return { icons, done: [] };
}

/** In the order in which they are made: whole atlases at first, further attempts later. */
export function iconBatches(
  grids: readonly GridPlan[],
  { attempts, batch }: { readonly attempts: number; readonly batch: number },
): IconBatch[] {
  const batches: Omit<IconBatch, 'number'>[] = [];
  for (let attempt = 0; attempt < attempts; attempt++)
    for (const [grid, { cells }] of grids.entries())
      for (let start = 0; start < cells.length; start += batch) {
        const count = Math.min(batch, cells.length - start);
        batches.push({ grid, cells: Array.from({ length: count }, (_, index) => start + index) });
      }
  return batches.map((each, number) => ({ ...each, number }));
}

/** Makes the batches that are not done, several at once where there are cores; changes the icons in place. */
export async function* makeIcons(
  { model, input }: SampleSource,
  grids: readonly GridPlan[],
  work: IconWork,
  { seed, signal, threads = availableParallelism() }: Pick<RunContext, 'seed' | 'signal' | 'threads'>,
): AsyncGenerator<IconEvent> {
  const { layer, iconSize: size, iconSteps: steps, cossimPow } = input;
  const settings: IconSettings = { layer, size, steps, cossimPow };
  const done = [...work.done];
  const waiting = iconBatches(grids, input).filter(({ number }) => !done.includes(number));
  // One iterator for all places, so that each batch is taken once.
  const queue = waiting.values();

  async function* place(): AsyncGenerator<IconEvent> {
    for (const { number, grid, cells } of queue) {
      const directions = cells.map((cell) => grids[grid]!.cells[cell]!.direction);
      // As many as in every other batch, so that all share one compiled step.
      const filled = Array.from({ length: input.batch }, (_, index) => directions[index] ?? directions[0]!);
      const visualization = featureVisualization(model, iconVisualization(model, filled, settings), {
        seed: seed + number,
        signal,
        threads: 1,
      });
      for (;;) {
        const next = await visualization.next();
        if (next.done) {
          const scores = await iconScores(model, next.value.picture, filled, settings);
          keepBest(work.icons[grid]!, cells, next.value.picture, scores);
          break;
        }
        if (next.value.type === 'engine') yield { type: 'engine', engine: next.value.engine };
        if (next.value.type === 'progress') yield { type: 'step' };
      }
      done.push(number);
      yield { type: 'batch', work: { ...work, done: done.toSorted((a, b) => a - b) } };
    }
  }

  yield* merge(Array.from({ length: Math.min(placesFor(threads), waiting.length) }, place));
}

/** Of equal scores that of the picture which was there. */
function keepBest(
  { pixels, scores }: Icons,
  cells: readonly number[],
  { shape: [, height, width, channels], values }: Picture,
  found: readonly number[],
): void {
  const size = height * width;
  for (const [index, cell] of cells.entries()) {
    if (!(found[index]! > scores[cell]!)) continue;
    scores[cell] = found[index]!;
    for (let pixel = 0; pixel < size; pixel++)
      for (let channel = 0; channel < 3; channel++) {
        const value = values[(index * size + pixel) * channels + Math.min(channel, channels - 1)]!;
        pixels[(cell * size + pixel) * 3 + channel] = Math.round(255 * Math.min(1, Math.max(0, value)));
      }
  }
}
