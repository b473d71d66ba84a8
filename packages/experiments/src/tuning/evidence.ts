import { curveStatistics, selectivities, unitTuning, type StimulusTable } from '@fovea/interp';
import type { UnitFinding } from '../kind.ts';
import type { LayerResponses } from './collect-responses.ts';
import { measurePrefix } from './measures.ts';
import type { TuningEvidence, TuningInput } from './schema.ts';
import type { TestStimuli } from './stimuli.ts';

/** Of each unit of a layer. */
export function tuningEvidenceOf(
  responses: LayerResponses,
  table: StimulusTable,
  stimuli: TestStimuli,
  { window }: TuningInput,
): TuningEvidence[] {
  const { along, period, units: unitOf } = stimuli;
  const tunings = Array.from({ length: responses.units }, (_, unit) =>
    unitTuning(table, responsesOf(responses, unit)),
  );
  const statistics = statisticsOf(
    tunings.map(({ curve }) => curve),
    table.along.values,
    period,
  );
  return tunings.map(({ curve, curvesBy, best }, unit) => ({
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
    statistics: statistics?.[unit] ?? null,
  }));
}

function responsesOf({ units, values }: LayerResponses, unit: number): Float32Array {
  return Float32Array.from(
    { length: values.length / units },
    (_, stimulus) => values[stimulus * units + unit]!,
  );
}

function statisticsOf(
  curves: readonly (readonly number[])[],
  angles: readonly number[],
  period: number | null,
): TuningEvidence['statistics'][] | null {
  if (period === null) return null;
  const statistics = curves.map((responses) => curveStatistics({ angles, responses }, period));
  const selectivity = selectivities(statistics);
  return statistics.map((each, unit) => ({ ...each, selectivity: selectivity[unit]! }));
}

/** A response is a float32: five digits are more than two engines agree on. Null where no stimulus was shown. */
const rounded = (response: number): number | null =>
  Number.isFinite(response) ? Number(response.toPrecision(5)) : null;

/** Measures are of kinds of stimuli: what a set shows that was not drawn has no name of which pages know. */
export function findingOf(unit: number, evidence: TuningEvidence, { known }: TestStimuli): UnitFinding {
  return { channel: unit, data: evidence, measures: known ? measuresOf(evidence) : {} };
}

/** A unit that never fires has no tuning, and none is written. */
function measuresOf({ stimulus, curve, statistics }: TuningEvidence): Record<string, number> {
  const prefix = measurePrefix(stimulus);
  const peak = Math.max(...curve.map((response) => response ?? -Infinity));
  if (statistics === null || statistics.peakDeg === null) return { [`${prefix}.peak`]: peak };
  return Object.fromEntries(
    Object.entries(statistics).map(([name, value]) => [`${prefix}.${name}`, value as number]),
  );
}
