/** A sweep as bytes: a checkpoint to go on from, or a shard's part of the whole. */
import { deserialize, serialize } from 'node:v8';
import type { HookedModel } from '@fovea/models';
import type { Engine } from '../execution/engine.ts';
import { SweepEncodingError } from './errors.ts';
import { canonicalSum } from './exact-sum.ts';
import { addPages, pagesOf, type HistogramPages } from './float-histogram.ts';
import type { LayerSweep } from './layer-sweep.ts';
import type { SweepSettings } from './settings.ts';
import { emptySweep, type Sweep } from './sweep.ts';
import type { TopExample } from './top-examples.ts';

const format = 'fovea-sweep-1';

/**
 * Only text and typed arrays, since how V8 writes a number may depend on what became of it before: equal sweeps have
 * equal bytes, in whatever order and parts their images came.
 */
interface Stored {
  /** JSON of Header. */
  readonly header: string;
  readonly layers: readonly StoredLayer[];
}

interface Header {
  readonly format: typeof format;
  readonly model: string;
  readonly settings: SweepSettings;
  readonly engine: Engine | null;
  readonly images: number;
  /** Rows of the sample, in increasing order. */
  readonly rows: readonly number[];
}

interface StoredLayer {
  /** The sums' parts one after another, and how many each has: powers by units. */
  readonly sums: Float64Array;
  readonly sumLengths: Uint32Array;
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  readonly histogram: HistogramPages;
  readonly topLengths: Uint32Array;
  readonly topValues: Float32Array;
  readonly topImages: Uint32Array;
  readonly topPositions: Uint32Array;
  /** Of the rows alone. */
  readonly sample: LayerSweep['sample'];
  readonly classes: LayerSweep['classes'];
}

export function encodeSweep({ model, settings, engine, images, seen, layers }: Sweep): Uint8Array {
  const rows = [...seen.keys()].filter((row) => seen[row] === 1);
  const header: Header = { format, model, settings, engine, images, rows };
  const stored: Stored = {
    header: JSON.stringify(header),
    layers: layers.map((layer) => storedLayer(layer, rows)),
  };
  return serialize(stored);
}

/**
 * @param model and `settings` of the sweep that is wanted
 * @throws SweepEncodingError where the bytes are of another sweep, or damaged
 */
export function decodeSweep(bytes: Uint8Array, model: HookedModel, settings: SweepSettings): Sweep {
  const { header, layers } = read(bytes);
  const { engine, images, rows } = header;
  const isSame =
    header.model === model.digest && JSON.stringify(header.settings) === JSON.stringify(settings);
  if (!isSame) throw new SweepEncodingError();
  const sweep = emptySweep(model, settings);
  sweep.engine = engine;
  sweep.images = images;
  for (const row of rows) sweep.seen[row] = 1;
  for (const [index, layer] of sweep.layers.entries()) restore(layer, layers[index]!, rows);
  return sweep;
}

function read(bytes: Uint8Array): { header: Header; layers: readonly StoredLayer[] } {
  try {
    const { header, layers } = deserialize(bytes) as Stored;
    const parsed = JSON.parse(header) as Header;
    if (parsed.format === format) return { header: parsed, layers };
  } catch (cause) {
    throw new SweepEncodingError(cause);
  }
  throw new SweepEncodingError();
}

function storedLayer(layer: LayerSweep, rows: readonly number[]): StoredLayer {
  const sums = layer.powers.flat().map(canonicalSum);
  const top = layer.top.flat();
  const { maximum, position, mean } = layer.sample;
  const ofRows = <T extends Float32Array | Uint32Array>(values: T, into: T): T => {
    for (const [place, row] of rows.entries())
      into.set(values.subarray(row * layer.units, (row + 1) * layer.units), place * layer.units);
    return into;
  };
  const cells = rows.length * layer.units;
  return {
    sums: Float64Array.from(sums.flat()),
    sumLengths: Uint32Array.from(sums, ({ length }) => length),
    minimum: layer.minimum,
    maximum: layer.maximum,
    histogram: pagesOf(layer.histogram),
    topLengths: Uint32Array.from(layer.top, ({ length }) => length),
    topValues: Float32Array.from(top, ({ value }) => value),
    topImages: Uint32Array.from(top, ({ image }) => image),
    topPositions: Uint32Array.from(top, ({ position: place }) => place),
    sample: {
      maximum: ofRows(maximum, new Float32Array(cells)),
      position: ofRows(position, new Uint32Array(cells)),
      mean: ofRows(mean, new Float32Array(cells)),
    },
    classes: layer.classes,
  };
}

function restore(into: LayerSweep, stored: StoredLayer, rows: readonly number[]): void {
  const { units } = into;
  const sums = divided([...stored.sums], stored.sumLengths);
  for (const [index, sum] of sums.entries())
    into.powers[Math.floor(index / units)]![index % units]!.push(...sum);
  const top = Array.from(stored.topValues, (value, index): TopExample => ({
    value,
    image: stored.topImages[index]!,
    position: stored.topPositions[index]!,
  }));
  for (const [unit, examples] of divided(top, stored.topLengths).entries()) into.top[unit]!.push(...examples);
  for (const name of ['minimum', 'maximum'] as const) into[name].set(stored[name]);
  for (const name of ['images', 'whole', 'fraction'] as const) into.classes[name].set(stored.classes[name]);
  for (const name of ['maximum', 'position', 'mean'] as const)
    for (const [place, row] of rows.entries())
      into.sample[name].set(stored.sample[name].subarray(place * units, (place + 1) * units), row * units);
  addPages(into.histogram, stored.histogram);
}

function divided<T>(all: readonly T[], lengths: Uint32Array): T[][] {
  let start = 0;
  return Array.from(lengths, (length) => all.slice(start, (start += length)));
}
