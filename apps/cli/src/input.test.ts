import type { KindSchema } from '@fovea/experiments/schema';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readInput } from './input.ts';

const schema: KindSchema = {
  name: 'example',
  title: '',
  description: '',
  version: 1,
  input: z.strictObject({
    label: z.string().default(''),
    count: z.int().default(1),
    nested: z.object({ deep: z.object({ on: z.boolean() }) }).optional(),
  }),
  result: z.unknown(),
  steps: () => 1,
  stepSize: () => 1,
  model: () => null,
  dataset: () => null,
  check: () => [],
  presets: { ten: { count: 10 } },
};

const read = (params: string[], preset?: string) => readInput(schema, { params, preset });

test('dots go deeper', async () => {
  expect(await read(['nested.deep.on=true'])).toMatchObject({ nested: { deep: { on: true } } });
});

test('a number where the schema wants text is text', async () => {
  expect(await read(['label=12', 'count=12'])).toMatchObject({ label: '12', count: 12 });
});

test('a parameter wins over a preset', async () => {
  expect(await read([], 'ten')).toMatchObject({ count: 10 });
  expect(await read(['count=3'], 'ten')).toMatchObject({ count: 3 });
});

test('a key that names the prototype changes no prototype', async () => {
  await expect(read(['__proto__.polluted=1'])).rejects.toThrow('__proto__');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('whatever text is given for a text field arrives as it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      const quoted = await read([`label=${JSON.stringify(text)}`]);
      expect(quoted).toMatchObject({ label: text });
    }),
  );
});
