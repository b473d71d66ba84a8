/** Networks for tests, made up or at random. */
import type { Layer } from '@fovea/client';
import * as fc from 'fast-check';
import { hierarchyOf, layersIn } from '../hierarchy.ts';

export const layerNamed = (name: string, changes: Partial<Layer> = {}): Layer => ({
  name,
  ordinal: 0,
  kind: 'conv',
  shape: [8, 8, 4],
  axes: ['height', 'width', 'channel'],
  channels: 4,
  parameters: 0,
  receptiveField: null,
  sources: ['image'],
  ...changes,
});

/** A chain from the image on. */
export const layersNamed = (...names: string[]): Layer[] =>
  names.map((name, ordinal) => layerNamed(name, { ordinal, sources: [names[ordinal - 1] ?? 'image'] }));

const part = fc.constantFrom('a', 'b', 'c', '0', '1', '2');
const name = fc
  .array(fc.tuple(fc.constantFrom('.', '/', '_'), part), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat().join('').slice(1));

/** Hook points of any names, each computed from any of those before it, or from the image. */
export const networks: fc.Arbitrary<Layer[]> = fc
  .uniqueArray(fc.tuple(name, fc.array(fc.nat(), { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    maxLength: 40,
    selector: ([given]) => given,
  })
  .map(connected);

/** As `networks`, where each block is computed from beginning to end before the next. */
export const orderlyNetworks: fc.Arbitrary<Layer[]> = networks.map((layers) =>
  connected(
    layersIn(hierarchyOf(layers).entries).map(({ name: given }, index) => [given, [index, index * 7 + 1]]),
  ),
);

function connected(drawn: readonly (readonly [string, readonly number[]])[]): Layer[] {
  return drawn.map(([given, picks], ordinal) => {
    const sources = picks.map((pick) => (ordinal === 0 ? 'image' : drawn[pick % ordinal]![0]));
    return layerNamed(given, { ordinal, sources: [...new Set(sources)] });
  });
}
