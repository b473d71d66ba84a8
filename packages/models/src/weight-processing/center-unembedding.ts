import type { Node } from '../graph.ts';
import { origin, ownMap } from './readers.ts';
import { changesAtNodes, type WeightProcessing } from './weight-changes.ts';

/**
 * The map to the logits loses its mean over the classes, weight and bias: all logits move by the same amount, which
 * no softmax sees and which differs by example (`center_unembed` of TransformerLens).
 */
export const centerUnembedding: WeightProcessing = (network, weights) =>
  changesAtNodes(network, (node, readers) => {
    const map = isLogits(node) ? ownMap(readers, origin(node)) : undefined;
    if (!map) return {};
    const { weight, bias, outputAxis } = map;
    const matrix = weights.get(weight.name)!;
    const shift = bias && weights.get(bias.name)!;
    return {
      [weight.name]: matrix.sub(matrix.mean(outputAxis, true)),
      ...(bias && { [bias.name]: shift!.sub(shift!.mean()) }),
    };
  });

function isLogits({ hook }: Node): boolean {
  return hook?.kind === 'logits';
}
