import type { Optimizer } from './optimizer.ts';

/** Curvature below this is noise, and would turn the step around. */
const leastCurvature = 1e-10;

/**
 * Limited-memory BFGS (Liu and Nocedal 1989) without a line search, one iteration for each update, as PyTorch's
 * optimizer does it for Lucent. The memory is [last gradient, last step, then `y` and `s` of each pair kept].
 */
export function lbfgs(learningRate: number, { history = 10 } = {}): Optimizer {
  return {
    initial: () => [],
    step(parameters, gradients, memory, update) {
      const gradient = joined(gradients);
      if (memory.length > 0) remember(memory, gradient, history);
      const direction = descentDirection(gradient, memory.slice(2));
      const rate = update === 1 ? learningRate * Math.min(1, 1 / absoluteSum(gradient)) : learningRate;
      const step = direction.map((value) => rate * value);
      memory[0] = gradient;
      memory[1] = step;
      addTo(parameters, step);
    },
  };
}

function remember(memory: Float32Array[], gradient: Float32Array, history: number): void {
  const [lastGradient, lastStep] = memory as [Float32Array, Float32Array];
  const change = gradient.map((value, index) => value - lastGradient[index]!);
  if (dot(change, lastStep) <= leastCurvature) return;
  memory.push(change, lastStep);
  if (memory.length > 2 + 2 * history) memory.splice(2, 2);
}

/** −H·gradient by the two-loop recursion. @param pairs y, s, y, s, ..., oldest first */
function descentDirection(gradient: Float32Array, pairs: readonly Float32Array[]): Float32Array {
  const direction = gradient.map((value) => -value);
  const count = pairs.length / 2;
  const weights: number[] = [];
  for (let pair = count - 1; pair >= 0; pair--) {
    const [y, s] = [pairs[2 * pair]!, pairs[2 * pair + 1]!];
    weights[pair] = dot(s, direction) / dot(y, s);
    addScaled(direction, y, -weights[pair]!);
  }
  if (count > 0) {
    const [y, s] = [pairs[2 * count - 2]!, pairs[2 * count - 1]!];
    const scale = dot(y, s) / dot(y, y);
    for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * scale;
  }
  for (let pair = 0; pair < count; pair++) {
    const [y, s] = [pairs[2 * pair]!, pairs[2 * pair + 1]!];
    addScaled(direction, s, weights[pair]! - dot(y, direction) / dot(y, s));
  }
  return direction;
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const array of arrays) {
    all.set(array, start);
    start += array.length;
  }
  return all;
}

function addTo(parameters: readonly Float32Array[], step: Float32Array): void {
  let start = 0;
  for (const parameter of parameters) {
    addScaled(parameter, step.subarray(start, start + parameter.length), 1);
    start += parameter.length;
  }
}

function addScaled(target: Float32Array, values: Float32Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * values[i]!;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function absoluteSum(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return Math.max(sum, Number.MIN_VALUE);
}
