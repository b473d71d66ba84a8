import { tf } from '@fovea/tensor';
import { originOfOne, ownMap } from './readers.ts';
import { alongAxis, changesAtNodes, type WeightProcessing } from './weight-changes.ts';

/** Layer scale becomes part of the linear map that it scales: W' = γW, b' = γb, γ = 1. */
export const foldLayerScale: WeightProcessing = (network, weights) =>
  changesAtNodes(network, ({ operation, inputs }, readers) => {
    if (operation.kind !== 'layer_scale') return {};
    const map = ownMap(readers, originOfOne(readers, inputs[0]!));
    if (!map) return {};
    const { weight, bias, outputAxis } = map;
    const [gamma] = operation.tensors!.map(({ name }) => ({ name, value: weights.get(name)! }));
    const matrix = weights.get(weight.name)!;
    return {
      [weight.name]: matrix.mul(alongAxis(gamma!.value, matrix.rank, outputAxis)),
      ...(bias && { [bias.name]: weights.get(bias.name)!.mul(gamma!.value) }),
      [gamma!.name]: tf.onesLike(gamma!.value),
    };
  });
