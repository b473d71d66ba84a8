import type { UnitPicture } from '@fovea/client';
import { expect, it } from 'vitest';
import { groupPictures, takeOf } from './picture-groups.ts';

const picture = (objective: string, sign: number, restart: number, variant = ''): UnitPicture => ({
  objective,
  sign,
  restart,
  variant,
  score: null,
  artifactId: [objective, sign, restart, variant].join(' '),
  name: '',
  runId: '',
  url: '',
  thumbnail: '',
});

it('puts what excites first, and restarts together', () => {
  const groups = groupPictures([
    picture('neuron', -1, 0),
    picture('channel', 1, 0, 'diversity-1'),
    picture('channel', 1, 0, 'diversity-0'),
    picture('neuron', 1, 0),
    picture('channel', 1, 1),
    picture('channel', 1, 0),
  ]);
  expect(groups.map(({ title, pictures }) => [title, ...pictures.map(takeOf)])).toEqual([
    ['Channel, positive', 'restart 0', 'restart 1'],
    ['Neuron, positive', 'restart 0'],
    ['Channel, positive, diversity', 'picture 0', 'picture 1'],
    ['Neuron, negative', 'restart 0'],
  ]);
});
