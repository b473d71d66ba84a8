/** Layers are swept together as far as memory goes; where it does not, the images go through the network again. */
import { unitsPlaces } from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import type { ActivationSweepInput } from './schema.ts';

/** Of what a pass keeps, in bytes. Results do not depend on it. */
const budget = 512e6;

/** Lists of layers, each for one pass, in the order of the network. */
export function passesOf(
  model: HookedModel,
  input: ActivationSweepInput,
  { sample, classes }: { readonly sample: number; readonly classes: number },
): string[][] {
  const order = new Map(model.hookPoints.map(({ name }, place) => [name, place]));
  const names = [...new Set(input.layers.map((layer) => model.hookPoint(layer).name))];
  const passes: string[][] = [];
  let left = 0;
  for (const layer of names.toSorted((a, b) => order.get(a)! - order.get(b)!)) {
    const bytes = bytesOf(model, layer, input, sample, classes);
    if (passes.length === 0 || bytes > left) {
      passes.push([]);
      left = budget;
    }
    passes.at(-1)!.push(layer);
    left -= bytes;
  }
  return passes;
}

/** An estimate, on the high side. */
function bytesOf(
  model: HookedModel,
  layer: string,
  { top, bands, perBand, batch }: ActivationSweepInput,
  sample: number,
  classes: number,
): number {
  const places = unitsPlaces(model, [layer]);
  const examples = top + (bands.length - 1) * perBand;
  return places.reduce((sum, { units, positions }) => {
    const sums = 800 + 12_000 + 64 * top + 12 * sample + 16 * classes;
    // Maps are half precision; of batches there are two, one being computed and one being read.
    const values = 2 * examples * positions + 2 * 4 * batch * positions;
    // A matrix of correlations, in single and in half precision, and the standardised vectors behind it.
    const correlations = 6 * units + 8 * sample;
    return sum + units * (sums + values + correlations);
  }, 0);
}
