/** Tensors that are functions of their name, by which reference fixtures do without stored weights. */

/** FNV-1a of the UTF-8 name. */
function hashOf(name: string): number {
  return new TextEncoder()
    .encode(name)
    .reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261);
}

/** `u` of the fixtures: uniform in [0, 1), by name and row-major index. */
function uniform(name: string, count: number): Float64Array {
  const hash = hashOf(name);
  return Float64Array.from({ length: count }, (_, index) => {
    let z = (hash + Math.imul(index, 0x9e3779b9)) >>> 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b) >>> 0;
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35) >>> 0;
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  });
}

/** `v` of the fixtures: uniform in [-1, 1). */
export function syntheticInput(name: string, shape: readonly number[]): Float32Array {
  return Float32Array.from(uniform(name, product(shape)), (u) => 2 * u - 1);
}

/** A weight, scaled by its role; row-major in PyTorch's layout. */
export function syntheticWeight(name: string, shape: readonly number[]): Float32Array {
  const count = product(shape);
  const scaled = roleOf(name, shape, count / (shape[0] ?? 1));
  return Float32Array.from(uniform(name, count), scaled);
}

function roleOf(name: string, shape: readonly number[], fanIn: number): (u: number) => number {
  const last = name.split('.').at(-1)!;
  if (last === 'running_var') return (u) => 1 + 0.5 * u;
  if (last === 'running_mean') return (u) => 0.1 * (2 * u - 1);
  if (shape.length <= 1) {
    const center = ['weight', 'gamma', 'layer_scale_parameter'].includes(last) ? 1 : 0;
    return (u) => center + 0.1 * (2 * u - 1);
  }
  const bound = Math.sqrt((shape.length === 4 ? 6 : 3) / fanIn);
  return (u) => bound * (2 * u - 1);
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, length) => total * length, 1);
}
