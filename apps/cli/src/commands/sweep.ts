/** `fovea sweep`: what every unit of some layers does over a dataset. */
import type { RunEvent } from '@fovea/experiments';
import {
  activationSweepSchema,
  unitActivations,
  type ActivationSweepInput,
  type GroupActivations,
} from '@fovea/experiments/schema';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { callerPath } from '../caller-path.ts';
import { executeHere } from '../execute-here.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInput } from '../input.ts';
import { progressFor } from '../progress.ts';
import { printJson, printTable } from '../table.ts';

export interface SweepOptions extends Partial<
  Pick<ActivationSweepInput, 'split' | 'limit' | 'top' | 'batch' | 'shards'>
> {
  readonly model: string;
  readonly layers: readonly string[];
  readonly dataset: string;
  readonly seed: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** A unit's figures, of one kind of tokens where the layer has several. */
type SweptUnit = { readonly unit: string } & GroupActivations;

export async function sweep(options: SweepOptions): Promise<ExitCode> {
  const { model, seed, json } = options;
  const folder = options.out === undefined ? undefined : callerPath(options.out);
  const units: SweptUnit[] = [];
  await executeHere(activationSweepSchema.name, await inputOf(model, options), {
    seed,
    progress: progressFor(false),
    async onEvent(event) {
      if (event.type === 'units') units.push(...sweptUnits(event));
      if (event.type === 'artifact' && folder !== undefined) await save(folder, event);
    },
  });
  if (json) printJson(units);
  else printUnits(units);
  return exitCodes.ok;
}

function inputOf(model: string, { layers, dataset, split, limit, top, batch, shards }: SweepOptions) {
  const given = { layers, dataset, split, limit, top, batch, shards };
  const params = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${JSON.stringify(value)}`],
  );
  return readInput(activationSweepSchema, { model, params });
}

function sweptUnits({ layer, units }: Extract<RunEvent, { type: 'units' }>): SweptUnit[] {
  return units.flatMap(({ channel, data }) =>
    unitActivations.parse(data).groups.map((group) => ({ unit: `${layer}:${channel}`, ...group })),
  );
}

async function save(folder: string, { name, bytes }: Extract<RunEvent, { type: 'artifact' }>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, basename(name)), bytes);
}

function printUnits(units: readonly SweptUnit[]): void {
  printTable(
    ['unit', 'tokens', 'mean', 'deviation', 'maximum', 'non-zero', 'selectivity', 'highest in images'],
    units.map(({ unit, tokens, statistics, examples }) => [
      unit,
      tokens,
      statistics.mean.toPrecision(4),
      statistics.deviation.toPrecision(4),
      statistics.maximum.toPrecision(4),
      statistics.nonZeroFraction.toFixed(3),
      statistics.classSelectivity?.toFixed(3) ?? '–',
      examples
        .filter(({ band }) => band === null)
        .slice(0, 5)
        .map(({ image }) => image)
        .join(' '),
    ]),
  );
}
