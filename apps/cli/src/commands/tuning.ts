/** `fovea tuning`: how sharply every unit of a layer is tuned to the orientation of a curve. */
import type { UnitFinding } from '@fovea/experiments';
import { tuningEvidence, tuningSchema, type TuningEvidence } from '@fovea/experiments/schema';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInput } from '../input.ts';
import { progressFor } from '../progress.ts';
import { printJson, printTable } from '../table.ts';

export interface TuningOptions {
  readonly model: string;
  readonly layer: string;
  readonly radii: readonly number[];
  readonly step: number;
  readonly window: number;
  readonly json?: boolean;
}

type UnitStatistics = { readonly unit: number } & NonNullable<TuningEvidence['statistics']>;

export async function tuning({ model, layer, radii, step, window, json }: TuningOptions): Promise<ExitCode> {
  const orientations = Array.from({ length: Math.ceil(360 / step) }, (_, index) => index * step);
  const given = {
    layers: [layer],
    stimulus: 'rounded-corner',
    parameters: { orientation: orientations, radius: radii },
    window,
  };
  const params = Object.entries(given).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const input = await readInput(tuningSchema, { model, params });

  const statistics: UnitStatistics[] = [];
  const { executeHere } = await import('../execute-here.ts');
  await executeHere(tuningSchema.name, input, {
    seed: 0,
    progress: progressFor(false),
    onEvent(event) {
      if (event.type === 'units') statistics.push(...event.units.map(statisticsOf));
    },
  });
  if (json)
    printJson(
      statistics.map(({ unit, R, peakDeg, peak, fwhm, echo }) => ({ unit, R, peakDeg, peak, fwhm, echo })),
    );
  else
    printTable(
      ['unit', 'selectivity', 'R', 'orientation', 'peak', 'width', 'echo'],
      printedStatistics(statistics),
    );
  return exitCodes.ok;
}

function statisticsOf({ channel, data }: UnitFinding): UnitStatistics {
  return { unit: channel, ...tuningEvidence.parse(data).statistics! };
}

/** The most selective first. */
function printedStatistics(statistics: readonly UnitStatistics[]): string[][] {
  return statistics
    .toSorted((a, b) => b.selectivity - a.selectivity)
    .map(({ unit, selectivity, R, peakDeg, peak, fwhm, echo }) => [
      `${unit}`,
      selectivity.toFixed(3),
      R.toFixed(3),
      peakDeg === null ? '–' : `${peakDeg}°`,
      peak.toPrecision(4),
      `${fwhm}°`,
      echo.toFixed(3),
    ]);
}
