import { compare } from '../pairs.ts';
import type { Figure } from '../figure.ts';
import { loadModel } from '../model.ts';
import { forwardOperations } from '../operations.ts';
import { productBody, productOperations } from '../product-body.ts';
import { stepBody, type StepJob } from '../step-body.ts';
import { againstEager } from './against-eager.ts';

const steps = { compiled: 20, eager: 1 };

export function stepFigure(model: string, layer: string): Figure {
  const about = { name: `step:${model}:${layer}`, title: `Feature-visualization step, ${model} ${layer}` };
  return againstEager(about, (engine) => stepBody({ model, layer }, { engine, steps: steps[engine] }));
}

/** A step counts as two forward passes up to its layer: the gradient to the input costs each operation again. */
export function efficiencyFigure(model: string, layer: string): Figure {
  return {
    name: `efficiency:${model}:${layer}`,
    title: `Arithmetic of a step against the peak, ${model} ${layer}`,
    async measure() {
      const operations = 2 * (await operationsTo({ model, layer }));
      await using step = await stepBody({ model, layer }, { engine: 'compiled', steps: 20 });
      await using product = await productBody();
      const { ours, other, pairs } = await compare(step, product, 5);
      const rate = operations / ours / 1e6;
      const peak = productOperations / other / 1e6;
      return {
        ours: { what: 'step', value: rate, unit: 'GFLOP/s' },
        reference: { what: product.label, value: peak, unit: 'GFLOP/s' },
        ratio: rate / peak,
        ratioOf: 'ours / reference',
        pairs,
        note: `${(operations / 1e9).toFixed(2)} GFLOP of convolutions and products in a step; the pairs are in ms`,
      };
    },
  };
}

async function operationsTo({ model: name, layer }: StepJob): Promise<number> {
  const model = await loadModel(name);
  try {
    return await forwardOperations(model, layer);
  } finally {
    model.dispose();
  }
}
