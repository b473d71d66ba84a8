import { kindSchemas } from '@fovea/experiments/schema';
import { describe, expect, it } from 'vitest';
import { viewOf } from './registry.ts';

describe('the views of the kinds of experiment', () => {
  it.each(kindSchemas.map(({ name }) => name))('has one for %s', (name) => {
    expect(viewOf(name)?.Result).toBeTypeOf('function');
  });
});

describe('the subject of a feature visualization', () => {
  const subject = (objective: unknown) => viewOf('feature-visualization')?.subject({ objective });

  it('is the shorthand where one was given', () => {
    expect(subject('mixed4a:97')).toBe('mixed4a:97');
  });

  it('is written as short as an expression tree allows', () => {
    expect(
      subject({ type: 'scale', factor: 0.5, of: { type: 'channel', layer: 'mixed4a', channel: 97 } }),
    ).toBe('0.5 * mixed4a:97');
  });
});
