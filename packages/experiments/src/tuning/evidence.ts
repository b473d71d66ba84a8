import { curveStatistics, unitTuning, type CurveStatistics, type StimulusTable } from '@fovea/interp';
import type { UnitFinding } from '../kind.ts';
import type { LayerResponses } from './collect-responses.ts';
import { measurePrefix } from './measures.ts';
import type { TuningEvidence, TuningInput } from './schema.ts';
import type { TestStimuli } from './stimuli.ts';

export interface UnitCurve {
  readonly unit: number;
  readonly evidence: TuningEvidence;
  /** Null where the curves run along no orientation. */
  readonly statistics: CurveStatistics | null;
}

export function unitCurves(
  { units, values }: LayerResponses,
  table: StimulusTable,
  stimuli: TestStimuli,
  { window }: TuningInput,
): UnitCurve[] {
  const count = stimuli.parameters.length;
  return Array.from({ length: units }, (_, unit) => {
    const responses = Float32Array.from({ length: count }, (_, stimulus) => values[stimulus * units + unit]!);
    const { curve, curvesBy, best } = unitTuning(table, responses);
    const { along, period, units: unitOf } = stimuli;
    const statistics =
      period === null ? null : curveStatistics({ angles: table.along.values, responses: curve }, period);
    const evidence: TuningEvidence = {
      stimulus: stimuli.name,
      window,
      along: { parameter: along, unit: unitOf[along] ?? '', period, values: [...table.along.values] },
      curve: curve.map(rounded),
      curvesBy: table.others.map(({ name, values }) => ({
        parameter: name,
        unit: unitOf[name] ?? '',
        values: [...values],
        curves: curvesBy[name]!.map((each) => each.map(rounded)),
      })),
      best: { ...stimuli.parameters[best] },
      statistics,
    };
    return { unit, evidence, statistics };
  });
}

/** A response is a float32: five digits are more than two engines agree on. Null where no stimulus was shown. */
const rounded = (response: number): number | null =>
  Number.isFinite(response) ? Number(response.toPrecision(5)) : null;

export function findingOf({ unit, evidence, statistics }: UnitCurve, stimulus: string): UnitFinding {
  return {
    channel: unit,
    data: evidence,
    measures: measuresOf(evidence, statistics, measurePrefix(stimulus)),
  };
}

/** A unit that never fires has no tuning, and none is written. */
function measuresOf(
  { curve }: TuningEvidence,
  statistics: CurveStatistics | null,
  prefix: string,
): Record<string, number> {
  if (statistics === null)
    return { [`${prefix}.peak`]: Math.max(...curve.map((value) => value ?? -Infinity)) };
  const { peakDeg, peak, R, fwhm, echo } = statistics;
  if (peakDeg === null) return { [`${prefix}.peak`]: peak };
  return Object.fromEntries(
    Object.entries({ R, peakDeg, peak, fwhm, echo }).map(([name, value]) => [`${prefix}.${name}`, value]),
  );
}
