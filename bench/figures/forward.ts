import type { Figure } from '../figure.ts';
import { forwardBody } from '../forward-body.ts';
import { compare } from '../pairs.ts';
import { sweepBody } from '../sweep-body.ts';
import { againstEager } from './against-eager.ts';

const runs = { compiled: 20, eager: 1 };

export function forwardFigure(model: string): Figure {
  return againstEager({ name: `forward:${model}`, title: `Forward pass, ${model}` }, (engine) =>
    forwardBody({ model }, { engine, runs: runs[engine] }),
  );
}

export function capturesFigure(model: string, captures: readonly string[]): Figure {
  const compiled = { engine: 'compiled', runs: runs.compiled } as const;
  return {
    name: `captures:${model}`,
    title: `Forward pass with ${captures.length} layers captured, ${model}`,
    async measure() {
      await using ours = await forwardBody({ model, captures: [...captures, 'logits'] }, compiled);
      await using plain = await forwardBody({ model }, compiled);
      const { ours: value, other, ratio, pairs } = await compare(ours, plain, 5);
      return {
        ours: { what: 'with captures', value, unit: 'ms' },
        reference: { what: 'without', value: other, unit: 'ms' },
        ratio: 1 / ratio,
        ratioOf: 'ours / reference',
        pairs,
      };
    },
  };
}

/** Only statistics and the best examples of each unit leave the runtime. */
export function sweepFigure(model: string, layers: readonly string[]): Figure {
  const about = {
    name: `sweep:${model}`,
    title: `Sweep of ${layers.length} layers, milliseconds an image, ${model}`,
  };
  return againstEager(about, (engine) => sweepBody({ model, layers }, { engine, images: runs[engine] }));
}
