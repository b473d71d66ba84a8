/** `fovea backend bench`: the same step on everything that this machine can compute on, in turns. */
import { findModel, type Manifest } from '@fovea/models';
import { RouteUnavailableError, startRoute, type RouteProcess } from '../backend-bench/route-process.ts';
import { nameOf, routes, settingOf, type Route } from '../backend-bench/route.ts';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { unknownName } from '../nearest-name.ts';
import { printJson, printTable } from '../table.ts';

export interface BenchOptions {
  readonly model: string;
  readonly layer?: string;
  /** Pictures that a step makes. */
  readonly batch: readonly number[];
  readonly software?: boolean;
  readonly json?: boolean;
}

interface Report {
  readonly route: Route;
  /** Milliseconds of a step for each of its pictures, median, by the number of pictures. */
  readonly perPictureStep: Record<number, number>;
  /** Why it is not available. */
  reason?: string;
}

const rounds = 3;

export async function bench(options: BenchOptions): Promise<ExitCode> {
  const layer = layerOf((await findModel(options.model)).manifest, options.layer);
  const reports: Report[] = routes.map((route) => ({ route, perPictureStep: {} }));
  await measure(reports, { ...options, layer });
  const best = fastest(reports, options.batch[0]!);
  if (options.json)
    printJson({ model: options.model, layer, recommended: best?.route ?? null, routes: reports });
  else {
    printReports(reports, options.batch);
    process.stdout.write(`${recommendation(best, layer)}\n`);
  }
  return best ? exitCodes.ok : exitCodes.failed;
}

/** Default: the last layer that joins branches, else the last of all. */
function layerOf({ name, hookPoints }: Manifest, layer: string | undefined): string {
  const names = hookPoints.map((point) => point.name);
  if (layer === undefined)
    return (hookPoints.findLast(({ kind }) => kind === 'concat') ?? hookPoints.at(-1)!).name;
  if (!names.includes(layer)) throw badInput(unknownName(`layer of ${name}`, layer, names));
  return layer;
}

async function measure(
  reports: readonly Report[],
  { model, layer, software = false, batch: batches }: BenchOptions & { readonly layer: string },
): Promise<void> {
  using stack = new DisposableStack();
  const running: { readonly report: Report; readonly process: RouteProcess }[] = [];
  for (const report of reports)
    await noteReason(report, async () => {
      const process = await startRoute({ route: report.route, model, layer, software });
      running.push({ report, process: stack.use(process) });
    });
  for (const batch of batches) {
    const times = new Map<Report, number[]>();
    for (let round = 0; round < rounds; round++)
      for (const { report, process } of running)
        if (report.reason === undefined)
          await noteReason(report, async () => {
            times.set(report, [...(times.get(report) ?? []), await process.time(batch)]);
          });
    for (const [report, own] of times) report.perPictureStep[batch] = median(own) / batch;
  }
}

/** A route may be found missing when it starts, or when it first has to compute. */
async function noteReason(report: Report, work: () => Promise<void>): Promise<void> {
  try {
    process.stderr.write('.');
    await work();
  } catch (error) {
    if (!(error instanceof RouteUnavailableError)) throw error;
    report.reason = error.message;
  }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

function fastest(reports: readonly Report[], batch: number): Report | undefined {
  return reports
    .filter(({ reason }) => reason === undefined)
    .toSorted((a, b) => a.perPictureStep[batch]! - b.perPictureStep[batch]!)[0];
}

function printReports(reports: readonly Report[], batches: readonly number[]): void {
  process.stderr.write('\n');
  printTable(
    ['ROUTE', ...batches.map((batch) => `MS A PICTURE-STEP, ${batch} AT ONCE`), 'NOT AVAILABLE BECAUSE'],
    reports.map(({ route, perPictureStep, reason = '' }) => [
      nameOf(route),
      ...batches.map((batch) => perPictureStep[batch]?.toPrecision(3) ?? '-'),
      reason,
    ]),
  );
}

function recommendation(best: Report | undefined, layer: string): string {
  if (!best) return 'Nothing could be measured.';
  const setting = settingOf(best.route);
  const how = setting ? `set ${setting}` : 'it is what runs take by default';
  return `Fastest for steps at ${layer}: ${nameOf(best.route)}; ${how}.`;
}
