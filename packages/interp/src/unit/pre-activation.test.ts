import { expect, test } from 'vitest';
import type { HookPoint } from '@fovea/models';
import { preActivation } from './pre-activation.ts';

const point = (name: string, kind: string, channels: number, sources: string[]): HookPoint => ({
  name,
  kind,
  channels,
  sources,
  shape: [8, 8, channels],
  axes: ['height', 'width', 'channel'],
  parameters: 0,
});

const hookPoints = [
  point('conv', 'conv', 4, ['image']),
  point('relu', 'relu', 4, ['conv']),
  point('branch.conv', 'conv', 2, ['relu']),
  point('branch', 'relu', 2, ['branch.conv']),
  point('pool', 'max_pool', 4, ['relu']),
  point('mixed', 'concat', 6, ['branch', 'pool']),
  point('sum', 'add', 6, ['mixed', 'mixed']),
];
const model = {
  hookPoints,
  hookPoint: (name: string) => hookPoints.find((each) => each.name === name)!,
};

test.each([
  ['a unit behind a ReLU is the one before it', 'relu', 3, 'conv', 3],
  ['a concatenation is followed into the branch of the channel', 'mixed', 1, 'branch.conv', 1],
  ['a pool is followed to the ReLU that it pools', 'mixed', 5, 'conv', 3],
  ['a unit without a ReLU stays itself', 'conv', 2, 'conv', 2],
  ['a sum of several is followed no further', 'sum', 2, 'sum', 2],
])('%s', (_, layer, channel, expectedLayer, expectedChannel) => {
  expect(preActivation(model, { layer, channel })).toEqual({
    layer: expectedLayer,
    channel: expectedChannel,
  });
});
