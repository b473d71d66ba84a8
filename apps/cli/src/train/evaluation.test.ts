import { expect, it } from 'vitest';
import { evaluate } from './evaluation.ts';

it('counts right predictions in all, by class, and what is taken for what', () => {
  const evaluation = evaluate(Int32Array.of(0, 0, 1, 2), Int32Array.of(0, 1, 1, 0), 3);
  expect(evaluation).toEqual({
    images: 4,
    accuracy: 0.5,
    classAccuracy: [0.5, 1, 0],
    confusion: [
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ],
  });
});
