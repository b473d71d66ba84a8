import { describe, expect, it } from 'vitest';
import { parametersOf } from './parameters.ts';

describe('the parameters of a run', () => {
  const input = {
    model: 'fovea_mini',
    objective: { type: 'deepdream', layer: 'mixed3' },
    width: 128,
    steps: 64,
    alpha: false,
  };
  const parameter = (name: string) =>
    parametersOf('feature-visualization', input).find((one) => one.name === name);

  it('have the titles and units of the schema', () => {
    expect(parameter('width')).toMatchObject({ title: 'Width', value: '128 px' });
    expect(parameter('alpha')?.value).toBe('no');
  });

  it('tell a default from a choice', () => {
    expect(parameter('width')?.isDefault).toBe(true);
    expect(parameter('steps')?.isDefault).toBe(false);
  });

  it('are written as their kind writes them, or else as JSON', () => {
    expect(parameter('objective')?.value).toBe('deepdream(mixed3)');
    expect(parametersOf('long-gone', { range: { from: 1 } })[0]?.value).toBe('{"from":1}');
  });

  it('of a kind that is gone are named as they were stored', () => {
    expect(parametersOf('long-gone', { learningRate: 0.1 })).toEqual([
      { name: 'learningRate', title: 'Learning rate', value: '0.1', isDefault: false },
    ]);
  });
});
