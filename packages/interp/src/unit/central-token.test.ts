import type { Axis, HookPoint, Preprocessing } from '@fovea/models';
import { expect, test } from 'vitest';
import { centralToken } from './central-token.ts';

const point = (name: string, shape: number[], axes: Axis[], sources: string[]): HookPoint => ({
  name,
  kind: 'add',
  shape,
  axes,
  sources,
  channels: shape.at(-1)!,
  parameters: 0,
});

const patches = point('patches', [4, 4, 8], ['height', 'width', 'channel'], ['image']);
const tokens = point('tokens', [17, 8], ['position', 'channel'], ['patches']);
const square: Preprocessing = {
  height: 32,
  width: 32,
  channelOrder: 'rgb',
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  crop: 1,
  interpolation: 'bilinear',
};
const model = { hookPoints: [patches, tokens], preprocessing: square };

test('it is the patch in the middle row and column, after the class token', () => {
  expect(centralToken(model, tokens)).toBe(1 + 2 * 4 + 2);
});

test('layers that count rows and columns, or nothing, have none', () => {
  expect(centralToken(model, patches)).toBeUndefined();
  expect(centralToken(model, point('logits', [8], ['channel'], ['tokens']))).toBeUndefined();
});
