/** What one unit did at all positions of one image. */
export interface UnitMoments {
  /** Sums of the values to the powers 1, 2, 3 and 4, in float64 and in the order of the positions. */
  readonly powers: readonly [number, number, number, number];
  readonly minimum: number;
  readonly maximum: number;
  /** Position of the maximum, the first where there are several. */
  readonly position: number;
}

export function unitMoments(values: Float32Array): UnitMoments {
  let [sum, squares, cubes, fourths, position] = [0, 0, 0, 0, 0];
  let [minimum, maximum] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const square = value * value;
    sum += value;
    squares += square;
    cubes += square * value;
    fourths += square * square;
    if (value < minimum) minimum = value;
    if (value > maximum) {
      maximum = value;
      position = index;
    }
  }
  return { powers: [sum, squares, cubes, fourths], minimum, maximum, position };
}
