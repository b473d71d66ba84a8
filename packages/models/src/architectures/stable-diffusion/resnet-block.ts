import { tf } from '@fovea/tensor';
import { activation, add, conv2d, groupNorm, linear } from '../../blocks/index.ts';
import { channelsOf } from '../../blocks/window-node.ts';
import { hook, pointwise, type Node } from '../../graph.ts';

export interface ResNetBlockOptions {
  /** Channels of the output. */
  readonly width: number;
  /** Of the group normalisations. */
  readonly groups: number;
  readonly epsilon: number;
  /** The embedding of the timestep, which shifts the channels between the convolutions. */
  readonly time?: Node;
}

/** Around each position, without a change of size. */
export const around = { padding: [1, 1, 1, 1] } as const;

/**
 * Two convolutions, each of the normalised and activated value, added to the input. Tensors under `name` as in diffusers;
 * hook points: `norm1`, `act1`, `conv1`, `time_emb_proj`, `norm2`, `act2`, `conv2` (what is added), `conv_shortcut` (to what,
 * where that is not the input itself), and the sum, which has the name alone.
 */
export function resNetBlock(x: Node, name: string, options: ResNetBlockOptions): Node {
  const { width, time } = options;
  let inner = hook(
    `${name}.conv1`,
    conv2d(activated(x, name, 1, options), `${name}.conv1`, width, 3, around),
  );
  if (time) {
    const projected = linear(activation(time, 'silu'), `${name}.time_emb_proj`, width);
    inner = shifted(inner, hook(`${name}.time_emb_proj`, projected));
  }
  const branch = hook(
    `${name}.conv2`,
    conv2d(activated(inner, name, 2, options), `${name}.conv2`, width, 3, around),
  );
  const shortcut =
    channelsOf(x) === width ? x : hook(`${name}.conv_shortcut`, conv2d(x, `${name}.conv_shortcut`, width, 1));
  return hook(name, add(shortcut, branch));
}

function activated(x: Node, name: string, index: 1 | 2, { groups, epsilon }: ResNetBlockOptions): Node {
  const normed = hook(`${name}.norm${index}`, groupNorm(x, `${name}.norm${index}`, groups, { epsilon }));
  return hook(`${name}.act${index}`, activation(normed, 'silu'));
}

/** Each channel by its own amount, at all positions. */
function shifted(x: Node, amount: Node): Node {
  return pointwise(
    x,
    { kind: 'add', compute: ([value, by]) => tf.add(value!, by!.expandDims(1).expandDims(1)) },
    [amount],
  );
}
