/** Not every browser has float16 arrays. Little-endian, IEEE 754: a sign, 5 bits of exponent, 10 of fraction. */
export function halfPrecision(buffer: ArrayBuffer): Float32Array {
  return Float32Array.from(new Uint16Array(buffer), (half) => {
    const size = sizeOf((half >> 10) & 31, half & 1023);
    return half >> 15 ? -size : size;
  });
}

function sizeOf(exponent: number, fraction: number): number {
  if (exponent === 31) return fraction === 0 ? Infinity : NaN;
  if (exponent === 0) return fraction * 2 ** -24;
  return (1024 + fraction) * 2 ** (exponent - 25);
}
