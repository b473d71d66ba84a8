/** `fovea sparsity`: how sparse the weights of a layer are, against weights that nothing was learned by. */
import { weightSparsitySchema, type WeightSparsityResult } from '@fovea/experiments/schema';
import { executeHere } from '../execute-here.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInput } from '../input.ts';
import { progressFor } from '../progress.ts';
import { printJson, printTable } from '../table.ts';

export interface SparsityOptions {
  readonly model: string;
  readonly layer: string;
  readonly from?: string;
  readonly of: 'connections' | 'weights';
  readonly dataset?: string;
  readonly images?: number;
  readonly repetitions?: number;
  readonly seed: number;
  readonly json?: boolean;
}

export async function sparsity(options: SparsityOptions): Promise<ExitCode> {
  const { model, layer, from, of, dataset, images, repetitions, seed, json } = options;
  const given = { layer, from, of, dataset, images, repetitions };
  const params = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${JSON.stringify(value)}`],
  );
  const input = await readInput(weightSparsitySchema, { model, params });
  const result = (await executeHere(weightSparsitySchema.name, input, {
    seed,
    progress: progressFor(false),
    onEvent: () => {},
  })) as WeightSparsityResult;
  if (json) printJson(result);
  else print(result);
  return exitCodes.ok;
}

function print({ layer, from, units, variants }: WeightSparsityResult): void {
  process.stdout.write(`${units} units of ${layer}, by their weights from ${from}\n`);
  for (const { path, weighed, figures } of variants) {
    const about = [
      path === null ? 'all paths' : `through ${path}`,
      ...(weighed ? ['weighed by activity'] : []),
    ];
    process.stdout.write(`\n${about.join(', ')}\n`);
    printTable(
      ['MEDIAN OF UNITS', 'TRAINED', ...figures[0]!.nulls.map(({ kind }) => kind.toUpperCase())],
      figures.map(({ name, trained, nulls }) => [
        name,
        shown(trained),
        ...nulls.map(({ mean, interval }) =>
          interval ? `${shown(mean)} (${interval[0]} to ${interval[1]})` : shown(mean),
        ),
      ]),
    );
  }
}

const shown = (value: number | null) => (value === null ? '–' : String(value));
