import type { Manifest } from '@fovea/models';
import { keyOf } from '../objects/object-key.ts';

/** Bytes that stand for weights where nothing runs them. */
export const testWeights = Buffer.from('weights');

/** A model with two layers, for tests that need one to be registered but never run it. */
export function testManifest(changes: Partial<Manifest> = {}): Manifest {
  const shape = [16, 16, 8];
  const axes: Manifest['hookPoints'][number]['axes'] = ['height', 'width', 'channel'];
  return {
    name: 'tiny',
    architecture: 'tiny',
    variant: 'test',
    preprocessing: {
      height: 32,
      width: 32,
      channelOrder: 'rgb',
      scale: 1,
      mean: [0, 0, 0],
      std: [1, 1, 1],
      crop: 1,
      interpolation: 'bilinear',
    },
    checkpoint: { sha256: keyOf(testWeights), bytes: testWeights.byteLength, format: 'safetensors' },
    digest: keyOf(Buffer.from('digest of tiny')),
    parameters: 100,
    hookPoints: [
      { name: 'conv1', kind: 'conv', shape, axes, channels: 8, parameters: 60, sources: ['image'] },
      { name: 'mixed1', kind: 'concat', shape, axes, channels: 8, parameters: 40, sources: ['conv1'] },
    ],
    selfTest: {} as Manifest['selfTest'],
    ...changes,
  };
}
