import { tf } from '@fovea/tensor';
import { hook, node, pointwise, type Node, type TensorSpec } from '../graph.ts';
import { channelsOf } from './window-node.ts';

/**
 * By the statistics of the training data. Reads `<tensors>.weight`, `.bias`, `.running_mean` and `.running_var`,
 * each [channels].
 */
export function batchNorm(x: Node, tensors: string, { epsilon = 1e-5 } = {}): Node {
  const [weight, bias, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
    (part): TensorSpec => ({ name: `${tensors}.${part}`, shape: [channelsOf(x)] }),
  );
  return pointwise(x, {
    kind: 'batch_norm',
    epsilon,
    tensors: [weight!, bias!, mean!, variance!],
    compute: ([value], { weights }) => {
      const [scale, offset, center, spread] = [weight, bias, mean, variance].map(
        (spec) => weights.get(spec!.name) as tf.Tensor1D,
      );
      return tf.batchNorm(value as tf.Tensor4D, center!, spread!, offset, scale, epsilon);
    },
  });
}

/**
 * Over the last axis, at each position by itself. Reads `<tensors>.weight` and `.bias`, each [channels].
 * Hook points: `<name>.scale` [..., 1], the standard deviation by which it divides; `<name>.normalized`, before
 * weight and bias; `<name>`.
 */
export function layerNorm(x: Node, tensors: string, { name = tensors, epsilon = 1e-6 } = {}): Node {
  const centered = pointwise(x, {
    kind: 'center',
    compute: ([value]) => value!.sub(value!.mean(-1, true)),
  });
  const deviation = node(
    { kind: 'ln_scale', compute: ([value]) => value!.square().mean(-1, true).add(epsilon).sqrt() },
    [centered],
    [...x.shape.slice(0, -1), 1],
    { axes: x.axes, field: x.field },
  );
  const scale = hook(`${name}.scale`, deviation);
  const divided = pointwise(centered, { kind: 'layer_norm', compute: ([value, by]) => value!.div(by!) }, [
    scale,
  ]);
  return hook(name, affine(hook(`${name}.normalized`, divided), tensors), 'layer_norm');
}

/** x · weight + bias per channel. */
function affine(x: Node, tensors: string): Node {
  const weight: TensorSpec = { name: `${tensors}.weight`, shape: [channelsOf(x)] };
  const bias: TensorSpec = { name: `${tensors}.bias`, shape: [channelsOf(x)] };
  return pointwise(x, {
    kind: 'affine',
    tensors: [weight, bias],
    compute: ([value], { weights }) => value!.mul(weights.get(weight.name)!).add(weights.get(bias.name)!),
  });
}

/**
 * Over the positions and channels of each of `groups` groups of channels of an image. Reads `<tensors>.weight`
 * and `.bias`, each [channels].
 */
export function groupNorm(x: Node, tensors: string, groups: number, { epsilon = 1e-5 } = {}): Node {
  const divided = node(
    {
      kind: 'group_norm',
      compute: ([value]) => {
        const [batch, height, width, channels] = value!.shape as [number, number, number, number];
        const grouped = value!.reshape([batch, height * width, groups, channels / groups]);
        const centered = grouped.sub(grouped.mean([1, 3], true));
        const deviation = centered.square().mean([1, 3], true).add(epsilon).sqrt();
        return centered.div(deviation).reshape(value!.shape);
      },
    },
    [x],
    x.shape,
  );
  return affine(divided, tensors);
}

/**
 * x / (bias + alpha · Σ x² over channels i − radius to i + radius)^beta (Krizhevsky et al., 2012, as TensorFlow
 * has it: alpha is not divided by the number of channels).
 */
export function localResponseNorm(
  x: Node,
  { radius, bias, alpha, beta }: { radius: number; bias: number; alpha: number; beta: number },
): Node {
  return pointwise(x, {
    kind: 'local_response_norm',
    compute: ([value]) => tf.localResponseNormalization(value as tf.Tensor4D, radius, bias, alpha, beta),
  });
}

/**
 * Global response normalisation (Woo et al., "ConvNeXt V2", 2023): each channel's L2 norm over positions, in
 * relation to the mean over channels, scales it. Reads `<tensors>.weight` and `.bias`, each [channels].
 */
export function globalResponseNorm(x: Node, tensors: string, { epsilon = 1e-6 } = {}): Node {
  const response = node(
    {
      kind: 'global_response_norm',
      compute: ([value]) => {
        // The root of zero, which a silent channel has, has no finite gradient.
        const norm = value!.square().sum([1, 2], true).maximum(1e-30).sqrt();
        return value!.mul(norm.div(norm.mean(-1, true).add(epsilon)));
      },
    },
    [x],
    x.shape,
  );
  const scaled = affine(response, tensors);
  return pointwise(scaled, { kind: 'global_response_norm', compute: ([a, b]) => a!.add(b!) }, [x]);
}
