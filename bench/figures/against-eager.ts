import type { Figure } from '../figure.ts';
import { compare, type Body } from '../pairs.ts';

/** Eager bodies are slow: a few pairs, with one eager run each, must do. */
const pairCount = 3;

/** The same work compiled and op by op, on the backend that runs. */
export function againstEager(
  about: Pick<Figure, 'name' | 'title'>,
  body: (engine: 'compiled' | 'eager') => Promise<Body>,
): Figure {
  return {
    ...about,
    body: () => body('compiled'),
    async measure() {
      await using ours = await body('compiled');
      await using eager = await body('eager');
      const { ours: value, other, ratio, pairs } = await compare(ours, eager, pairCount);
      return {
        ours: { what: ours.label, value, unit: 'ms' },
        reference: { what: eager.label, value: other, unit: 'ms' },
        ratio,
        ratioOf: 'reference / ours',
        pairs,
      };
    },
  };
}
