import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareExamples, keepExample, type TopExample } from './top-examples.ts';

const example = fc.record({
  value: fc.integer({ min: 0, max: 3 }),
  image: fc.nat(20),
  position: fc.nat(5),
});

test('the best are kept, whatever the order in which they come', () => {
  fc.assert(
    fc.property(fc.array(example), fc.integer({ min: 1, max: 6 }), (examples, count) => {
      const best: TopExample[] = [];
      for (const each of examples) keepExample(best, each, count);
      expect(best).toEqual(examples.toSorted(compareExamples).slice(0, count));
    }),
  );
});
