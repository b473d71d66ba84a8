/// <reference lib="esnext.float16" />
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { halfPrecision } from './half-precision.ts';

it('reads half-precision numbers as the language itself does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 65_535 })), (bits) => {
      const { buffer } = Uint16Array.from(bits);
      expect([...halfPrecision(buffer)]).toEqual([...new Float16Array(buffer)]);
    }),
  );
});
