/** `fovea weights`: the strongest weights between one unit and the units of another layer. */
import {
  effectiveWeights,
  expandedWeights,
  kernelBetween,
  partOf,
  pathsBetween,
  strengthsOf,
  strongestInputs,
  strongestOf,
  strongestOutputs,
  type Connection,
  type RankingOptions,
  type StrongestConnections,
} from '@fovea/interp';
import { loadRegisteredModel, requireChannel, type HookedModel } from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson, printTable } from '../table.ts';

export interface WeightsOptions {
  readonly model: string;
  readonly unit: string;
  readonly to: string;
  readonly expanded?: boolean;
  readonly path?: string;
  readonly by: RankingOptions['by'];
  readonly share: number;
  readonly most: number;
  readonly leaveOutAttention?: boolean;
  readonly json?: boolean;
}

interface PrintedConnection extends Connection {
  readonly unit: string;
  /** Rows of a cross-correlation, the first at the top of the picture. */
  readonly kernel: readonly (readonly number[])[];
}

interface PrintedWeights {
  readonly unit: string;
  readonly to: string;
  readonly direction: 'inputs' | 'outputs';
  /** How the weights were found. */
  readonly route: 'composed' | 'differentiated' | 'expanded';
  readonly paths: readonly string[];
  readonly path: string | null;
  readonly excitatory: readonly PrintedConnection[];
  readonly inhibitory: readonly PrintedConnection[];
}

export async function weights(options: WeightsOptions): Promise<ExitCode> {
  const { layer, channel } = unitOf(options.unit);
  await startBackend();
  const model = await loadRegisteredModel(options.model);
  requireChannel(model, layer, channel);
  const printed = options.expanded
    ? await expanded(model, layer, channel, options)
    : await effective(model, layer, channel, options);
  if (options.json) printJson(printed);
  else print(printed);
  return exitCodes.ok;
}

/** Of the last colon: names of layers may hold others. */
function unitOf(text: string): { layer: string; channel: number } {
  const match = /^(?<layer>.+):(?<channel>\d+)$/.exec(text.trim());
  if (!match?.groups) throw badInput(`"${text}" is no unit: it is named layer:channel, such as mixed4a:97`);
  return { layer: match.groups.layer!, channel: Number(match.groups.channel) };
}

async function effective(
  model: HookedModel,
  layer: string,
  channel: number,
  { to, path, by, share, most, leaveOutAttention }: WeightsOptions,
): Promise<PrintedWeights> {
  const place = (name: string) => model.hookPoints.indexOf(model.hookPoint(name));
  const isInputs = to === model.inputs[0]!.name || place(to) < place(layer);
  const ends = isInputs ? ([to, layer] as const) : ([layer, to] as const);
  const found = await effectiveWeights(model, ...ends, { path, leaveOutAttention });
  const ranking = { by, share, most };
  const strongest = isInputs
    ? strongestInputs(strengthsOf(found), channel, ranking)
    : strongestOutputs(strengthsOf(found), channel, ranking);
  return {
    unit: `${layer}:${channel}`,
    to,
    direction: isInputs ? 'inputs' : 'outputs',
    route: found.route,
    paths: found.route === 'composed' ? pathsBetween(model, ...ends) : [],
    path: path ?? null,
    ...connections(strongest, to, (other) => {
      const [input, output] = isInputs ? [other, channel] : [channel, other];
      return rowsOf(kernelBetween(found, input, output), partOf(found, output).part.width);
    }),
  };
}

async function expanded(
  model: HookedModel,
  layer: string,
  channel: number,
  { to, by, share, most, path, leaveOutAttention }: WeightsOptions,
): Promise<PrintedWeights> {
  if (path !== undefined) throw badInput('Expanded weights go by all paths: leave out --path or --expanded');
  const [found] = await Array.fromAsync(expandedWeights(model, to, layer, [channel], { leaveOutAttention }));
  const { values, inputs, height, width } = found!;
  const size = height * width;
  return {
    unit: `${layer}:${channel}`,
    to,
    direction: 'inputs',
    route: 'expanded',
    paths: [],
    path: null,
    ...connections(strongestOf({ inputs, values }, { by, share, most }), to, (other) =>
      rowsOf(values.subarray(other * size, (other + 1) * size), width),
    ),
  };
}

function connections(
  { excitatory, inhibitory }: StrongestConnections,
  layer: string,
  kernelOf: (channel: number) => number[][],
): Pick<PrintedWeights, 'excitatory' | 'inhibitory'> {
  const printed = (connection: Connection): PrintedConnection => ({
    unit: `${layer}:${connection.channel}`,
    ...connection,
    kernel: kernelOf(connection.channel),
  });
  return { excitatory: excitatory.map(printed), inhibitory: inhibitory.map(printed) };
}

function rowsOf(values: Float32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
}

function print({ unit, to, direction, path, paths, excitatory, inhibitory }: PrintedWeights): void {
  const ends = direction === 'inputs' ? `from ${to} to ${unit}` : `from ${unit} to ${to}`;
  process.stdout.write(`Weights ${ends}\n`);
  if (path !== null) process.stdout.write(`Through ${path} alone\n`);
  else if (paths.length > 1) process.stdout.write(`Residual paths, summed: ${paths.join('; ')}\n`);
  printTable(
    ['UNIT', 'SIGN', 'L2', 'SUM', 'KERNEL'],
    [...excitatory, ...inhibitory].map(({ unit, l2, sum, kernel }) => [
      unit,
      sum > 0 ? 'excites' : 'inhibits',
      l2.toPrecision(4),
      sum.toPrecision(4),
      `${kernel.length}×${kernel[0]!.length}`,
    ]),
  );
}
