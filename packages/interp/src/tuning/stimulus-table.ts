/** Stimuli by their parameters, and the responses to them as curves: along one parameter, the best over all others. */

export type StimulusValue = number | string | boolean | null;

export interface StimulusTable {
  /** Along which the curves run. */
  readonly along: Parameter<number>;
  /** The other parameters that vary. */
  readonly others: readonly Parameter<StimulusValue>[];
}

interface Parameter<Value> {
  readonly name: string;
  /** All that occur: of `along` ascending, of the others in the order in which they come. */
  readonly values: readonly Value[];
  /** Of each stimulus, the index of its value. */
  readonly places: readonly number[];
}

export interface UnitTuning {
  /** At each value of `along`, the strongest response. */
  readonly curve: readonly number[];
  /** Of each other parameter, such a curve for each of its values. */
  readonly curvesBy: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Index of the stimulus with the strongest response, the first of equal ones. */
  readonly best: number;
}

/**
 * @param stimuli parameters of each
 * @param along name of a number among them
 * @param period after which that number begins again, such as 180 for lines; null where it does not
 */
export function stimulusTable(
  stimuli: readonly Readonly<Record<string, StimulusValue>>[],
  along: string,
  period: number | null,
): StimulusTable {
  const fold = (value: number) => (period === null ? value : ((value % period) + period) % period);
  const positions = stimuli.map((each) => fold(each[along] as number));
  const others = Object.keys(stimuli[0] ?? {}).filter((name) => name !== along);
  return {
    along: parameter(along, positions, (a, b) => a - b),
    others: others
      .map((name) =>
        parameter(
          name,
          stimuli.map((each) => each[name]!),
        ),
      )
      .filter(({ values }) => values.length > 1),
  };
}

function parameter<Value>(
  name: string,
  occurring: readonly Value[],
  order?: (a: Value, b: Value) => number,
): Parameter<Value> {
  const distinct = [...new Set(occurring)];
  const values = order ? distinct.toSorted(order) : distinct;
  const placeOf = new Map(values.map((value, place) => [value, place]));
  return { name, values, places: occurring.map((value) => placeOf.get(value)!) };
}

/** @param responses of one unit, to each stimulus */
export function unitTuning({ along, others }: StimulusTable, responses: ArrayLike<number>): UnitTuning {
  const empty = () => Array<number>(along.values.length).fill(-Infinity);
  const curve = empty();
  const curves = others.map(({ values }) => values.map(empty));
  let best = 0;
  for (let stimulus = 0; stimulus < responses.length; stimulus++) {
    const response = responses[stimulus]!;
    const at = along.places[stimulus]!;
    if (response > responses[best]!) best = stimulus;
    curve[at] = Math.max(curve[at]!, response);
    for (const [index, { places }] of others.entries()) {
      const own = curves[index]![places[stimulus]!]!;
      own[at] = Math.max(own[at]!, response);
    }
  }
  return {
    curve,
    curvesBy: Object.fromEntries(others.map(({ name }, index) => [name, curves[index]!])),
    best,
  };
}
