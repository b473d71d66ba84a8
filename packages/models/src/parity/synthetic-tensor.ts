/** Tensors that are functions of their name, by which reference fixtures do without stored weights. */

/** FNV-1a of the UTF-8 name. */
function hashOf(name: string): number {
  return new TextEncoder()
    .encode(name)
    .reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261);
}

/** `center` + `spread` · v, where v of the fixtures is uniform in [-1, 1), by name and row-major index. */
function scattered(name: string, count: number, center: number, spread: number): Float32Array {
  const hash = hashOf(name);
  const values = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    let z = (hash + Math.imul(index, 0x9e3779b9)) | 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    z ^= z >>> 16;
    values[index] = center + spread * ((z >>> 0) / 2 ** 31 - 1);
  }
  return values;
}

/** `v` of the fixtures: uniform in [-1, 1). */
export function syntheticInput(name: string, shape: readonly number[]): Float32Array {
  return scattered(name, product(shape), 0, 1);
}

/** A weight, scaled by its role; row-major in PyTorch's layout. */
export function syntheticWeight(name: string, shape: readonly number[]): Float32Array {
  const count = product(shape);
  const [center, spread] = roleOf(name, shape, count / (shape[0] ?? 1));
  return scattered(name, count, center, spread);
}

function roleOf(name: string, shape: readonly number[], fanIn: number): [center: number, spread: number] {
  const last = name.split('.').at(-1)!;
  if (last === 'running_var') return [1.25, 0.25];
  if (last === 'running_mean') return [0, 0.1];
  if (shape.length <= 1) return [['weight', 'gamma', 'layer_scale_parameter'].includes(last) ? 1 : 0, 0.1];
  return [0, Math.sqrt((shape.length === 4 ? 6 : 3) / fanIn)];
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, length) => total * length, 1);
}
