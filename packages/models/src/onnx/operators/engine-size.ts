/** Elements of the largest tensor that an operator may make of lengths that its file dictates: 512 MiB. */
const largest = 2 ** 27;

/** @throws Error: a damaged or absurd file does not get to ask for all memory */
export function checkEngineSize(shape: readonly number[]): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (shape.some((length) => !(length >= 0)) || !(size <= largest)) {
    throw new Error(`a tensor of [${shape.join(', ')}] is none, or too large`);
  }
}
