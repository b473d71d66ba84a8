import { featureVisualizationInput } from '@fovea/experiments/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  hasShape,
  humanize,
  initialValue,
  limitsText,
  resolve,
  variantsOf,
  type JsonSchema,
} from './json-schema.ts';

const root = z.toJSONSchema(featureVisualizationInput, { io: 'input' }) as JsonSchema;
const property = (name: string) => resolve(root.properties![name]!, root);
const objectiveVariant = (type: string) =>
  variantsOf(resolve({ $ref: '#/$defs/ObjectiveExpression' }, root))!.find((variant) =>
    hasShape({ type }, { ...resolve(variant, root), required: ['type'] }, root),
  )!;

describe('the value to start editing from', () => {
  it('is the default where the schema has one', () => {
    expect(initialValue(root.properties!.steps!, root)).toBe(513);
  });

  it('holds what an object requires', () => {
    const channel = initialValue(objectiveVariant('channel'), root);
    expect(channel).toEqual({ type: 'channel', layer: '', channel: 0 });
  });

  it('ends, though an objective may hold objectives', () => {
    const sum = initialValue(objectiveVariant('add'), root);
    expect(sum).toMatchObject({ type: 'add', left: { type: 'neuron' }, right: { type: 'neuron' } });
  });
});

describe('telling variants apart', () => {
  it('goes by the tag of an object', () => {
    const value = { type: 'diversity', layer: 'mixed3' };
    expect(hasShape(value, objectiveVariant('diversity'), root)).toBe(true);
    expect(hasShape(value, objectiveVariant('alignment'), root)).toBe(false);
  });

  it('tells a list by name from a list of one’s own', () => {
    const [named, own] = variantsOf(property('transforms'))!;
    expect(hasShape('lucid', named!, root)).toBe(true);
    expect(hasShape([], named!, root)).toBe(false);
    expect(hasShape([], own!, root)).toBe(true);
  });
});

describe('the words of a field', () => {
  it('name limits', () => {
    expect(limitsText(property('width'))).toBe('16 to 1,024');
    expect(limitsText(property('learningRate'))).toBe('above 0, up to 100');
  });

  it('come from its name where it has no title', () => {
    expect(humanize('cossimPow')).toBe('Cossim pow');
    expect(humanize('kernel_size')).toBe('Kernel size');
  });
});
