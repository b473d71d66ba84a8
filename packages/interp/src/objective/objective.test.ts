/** What ../shared/fixtures/featurevis.json has no values of; it holds the other objectives of Lucid. */
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, expect, test } from 'vitest';
import { layersOf, objectiveOf } from './build.ts';
import type { ObjectiveExpression } from './expression.ts';
import { ObjectiveError } from './objective-error.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

/** [2, 2, 3, 2]: channel 0 counts 0, 2, 4, ... over pictures, rows and columns, channel 1 is one more. */
const layer = () => tf.range(0, 24).reshape([2, 2, 3, 2]);

function valueOf(expression: ObjectiveExpression, values: Record<string, tf.Tensor> = {}): number {
  const known: Record<string, tf.Tensor> = { layer: layer(), ...values };
  const activations = { layer: (name: string) => known[name]!, classes: ['cat', 'dog'] };
  return objectiveOf(expression)(activations).dataSync()[0]!;
}

test('a class is named or counted, and its logit is summed over the batch', () => {
  const logits = tf.tensor2d([1, 2, 3, 5], [2, 2]);
  expect(valueOf({ type: 'classLogit', layer: 'logits', label: 'dog' }, { logits })).toBe(7);
  expect(valueOf({ type: 'classLogit', layer: 'logits', label: 0 }, { logits })).toBe(4);
  expect(() => valueOf({ type: 'classLogit', layer: 'logits', label: 'cow' }, { logits })).toThrow(
    ObjectiveError,
  );
});

test('the distance from a picture is the root of its mean square', () => {
  const input = tf.tensor4d([0, 1, 2, 3], [1, 2, 2, 1]);
  const image = [
    [[0], [1]],
    [[0], [1]],
  ];
  expect(valueOf({ type: 'inputDiff', image }, { input })).toBeCloseTo(Math.sqrt(2), 6);
});

test('blurring alpha leaves colours alone', () => {
  const even = tf.ones([1, 4, 4, 1]);
  const rough = tf.tensor4d([0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0], [1, 4, 4, 1]);
  const blurred = (alpha: tf.Tensor, colour: tf.Tensor) =>
    valueOf({ type: 'blurAlphaEachStep' }, { input: tf.concat([colour, colour, colour, alpha], 3) });
  expect(blurred(even, rough)).toBe(0);
  expect(blurred(rough, even)).toBeGreaterThan(0);
  expect(() => valueOf({ type: 'blurAlphaEachStep' }, { input: tf.ones([1, 4, 4, 3]) })).toThrow('alpha');
});

test('a boundary is 20 pixels wide and costs nothing where it is even grey', () => {
  const grey = tf.mul(tf.ones([1, 50, 50, 3]), 0.5);
  expect(valueOf({ type: 'penalizeBoundaryComplexity' }, { input: grey })).toBeCloseTo(0, 6);
  const dotAt = (position: number) => {
    const index = 3 * (50 * position + position);
    const values = new Float32Array(50 * 50 * 3).fill(0.5);
    values[index] = 1;
    return tf.tensor4d(values, [1, 50, 50, 3]);
  };
  const penalty = (position: number) =>
    valueOf({ type: 'penalizeBoundaryComplexity' }, { input: dotAt(position) });
  // The blur reaches two pixels from inside.
  expect(penalty(22)).toBeCloseTo(0, 6);
  expect(penalty(19)).toBeLessThan(-0.8 * 0.25);
});

test('a mask says what to penalise instead of a boundary', () => {
  const input = tf.ones([1, 2, 3, 1]);
  const mask = [
    [0, 1, 0],
    [0, 0, 3],
  ];
  expect(valueOf({ type: 'penalizeBoundaryComplexity', mask }, { input })).toBeCloseTo(-0.8 * 0.25 * 4, 5);
  expect(valueOf({ type: 'penalizeBoundaryComplexity', mask, c: 1 }, { input })).toBeCloseTo(0, 6);
});

test("Lucent's weights count channels at the middle, everywhere or in a patch, as a mean", () => {
  const weights = [1, -2];
  // Channel 1 is channel 0 plus one: the mean over both channels of a - 2 (a + 1).
  const weighted = (mean: number) => (mean - 2 * (mean + 1)) / 2;
  expect(valueOf({ type: 'channelWeight', layer: 'layer', weights })).toBeCloseTo(weighted(11), 5);
  expect(valueOf({ type: 'neuronWeight', layer: 'layer', weights, batch: 0 })).toBeCloseTo(weighted(8), 5);
  const patch = { type: 'localgroupWeight', layer: 'layer', weights, x: 0, y: 1, wx: 2, wy: 2 } as const;
  expect(valueOf({ ...patch, batch: 0 })).toBeCloseTo(weighted(6), 5);
});

test('a cosine does not depend on lengths', () => {
  const x = tf.tensor4d([3, 4], [1, 1, 1, 2]);
  const cosine = (vector: number[]) =>
    valueOf({ type: 'directionCossim', layer: 'x', vector }, { x }) * vector.length;
  expect(cosine([6, 8])).toBeCloseTo(1, 6);
  expect(cosine([4, -3])).toBeCloseTo(0, 6);
});

test('expressions add, subtract, multiply, scale, negate, sum and average', () => {
  const constant = (value: number): ObjectiveExpression => ({ type: 'constant', value });
  const [left, right] = [constant(5), constant(3)];
  expect(valueOf({ type: 'add', left, right })).toBe(8);
  expect(valueOf({ type: 'subtract', left, right })).toBe(2);
  expect(valueOf({ type: 'multiply', left, right })).toBe(15);
  expect(valueOf({ type: 'scale', factor: -2, of: left })).toBe(-10);
  expect(valueOf({ type: 'negate', of: left })).toBe(-5);
  expect(valueOf({ type: 'sum', of: [left, right, right] })).toBe(11);
  expect(valueOf({ type: 'mean', of: [left, right] })).toBe(4);
});

test('an expression reads each layer once, and the picture is none', () => {
  const channel = { type: 'channel', layer: 'layer', channel: 0 } as const;
  const interpolate = { layer1: 'layer', channel1: 0, layer2: 'other', channel2: 1 };
  const of: ObjectiveExpression[] = [channel, { type: 'l2' }, { type: 'channelInterpolate', ...interpolate }];
  expect(layersOf({ type: 'negate', of: { type: 'sum', of } })).toEqual(['layer', 'other']);
});

test.each<ObjectiveExpression>([
  { type: 'channel', layer: 'layer', channel: 2 },
  { type: 'channel', layer: 'layer', channel: 0, batch: 2 },
  { type: 'neuron', layer: 'layer', channel: 0, x: 2, y: 0 },
  { type: 'neuron', layer: 'flat', channel: 0 },
  { type: 'tensorDirection', layer: 'layer', tensor: [[[1, 1]], [[1, 1]], [[1, 1]]] },
])('an objective that the layer cannot answer is the fault of the input: %j', (expression) => {
  const ask = () => valueOf(expression, { flat: tf.zeros([2, 3]) });
  expect(ask).toThrow(expect.objectContaining({ code: 'OBJECTIVE_MISMATCH', fault: 'input' }) as Error);
});

test('of tokens, a neuron is a channel at an index, by default the middle', () => {
  const tokens = tf.range(0, 10).reshape([1, 5, 2]);
  const neuron = { type: 'neuron', layer: 'tokens', channel: 1 } as const;
  expect(valueOf(neuron, { tokens })).toBe(5);
  expect(valueOf({ ...neuron, x: 4 }, { tokens })).toBe(9);
  expect(() => valueOf({ ...neuron, x: 5 }, { tokens })).toThrow(/they are 0 to 4/);
  expect(valueOf({ type: 'channel', layer: 'tokens', channel: 0 }, { tokens })).toBe(4);
});
