/** What must hold of every architecture, whatever it draws. */
import { describe, expect, test } from 'vitest';
import { architectures, findNetwork } from './known-architectures.ts';
import { UnknownArchitectureError } from './errors.ts';
import { modulesOf, ownNaming, sourceOf } from './naming.ts';
import { networkOf } from './network.ts';

const variants = architectures.flatMap(({ variants }) => variants);

test('names of architectures and of variants are unique', () => {
  for (const all of [architectures, variants]) {
    const names = all.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  }
});

test('a network is found by the name of its architecture or of a variant', () => {
  expect(findNetwork('resnet')).toMatchObject({ architecture: { name: 'resnet' } });
  expect(findNetwork('resnet50')).toMatchObject({ architecture: { name: 'resnet' }, variant: 'resnet50' });
  expect(findNetwork('inception_v3').variant).toBeUndefined();
  expect(() => findNetwork('resnet5')).toThrow(UnknownArchitectureError);
});

/** Some variants of an architecture have hook points that others lack; they may share a table of aliases. */
test.each(architectures)('$name has a hook point for each module that it knows', ({ variants }) => {
  const points = new Set(variants.flatMap((variant) => [...networkOf(variant).hooks.keys()]));
  const known = variants
    .flatMap(({ namings = [] }) => namings)
    .flatMap(({ aliases = [], overwritten = [] }) => [...aliases, ...overwritten]);
  const leadingNowhere = distinct(known).filter(
    (alias) => ![...points].some((point) => modulesOf([alias], point).length > 0),
  );
  expect(leadingNowhere).toEqual([]);
});

function distinct(aliases: readonly { module: string; hook: string }[]) {
  return [...new Map(aliases.map((alias) => [`${alias.module} ${alias.hook}`, alias])).values()];
}

describe.each(variants)('$name', ({ namings = [ownNaming], ...variant }) => {
  test.each(namings)('expects each tensor at a place of its own in a checkpoint of $name', (naming) => {
    const { tensors } = networkOf(variant);
    const places = tensors.map((tensor) => {
      const { name, part } = sourceOf(naming, tensor);
      return `${name} ${part?.join(' of ') ?? ''}`;
    });
    expect(new Set(places).size).toBe(tensors.length);
  });
});
