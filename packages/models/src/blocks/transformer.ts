import { hook, type Node } from '../graph.ts';
import { activation, type Activation } from './activation.ts';
import { add, layerScale } from './arithmetic.ts';
import { attention } from './attention.ts';
import { linear } from './linear.ts';
import { layerNorm } from './normalization.ts';
import { channelsOf } from './window-node.ts';

export interface TransformerBlockOptions {
  readonly heads: number;
  /** Units of the perceptron. */
  readonly mlpWidth: number;
  readonly activation: Activation;
  /** Of the normalisations. */
  readonly epsilon: number;
  readonly causal?: boolean;
  /** Of queries, keys and values. Default true. */
  readonly qkvBias?: boolean;
  /** Whether attention also has a hook point `qkv`. */
  readonly fusedQkv?: boolean;
  /** What is written to the stream is first scaled, per channel, by `ls1.gamma` and `ls2.gamma`. */
  readonly layerScale?: boolean;
  /** Before the hook points' names. Default: `tensors`. */
  readonly name?: string;
}

/**
 * Attention, then a perceptron, each reading the normalised residual stream and adding to it ("pre-norm").
 * Reads `<tensors>.{norm1,norm2}.{weight,bias}`, `attn.{q,k,v,out}`, `mlp.{fc1,fc2}`.
 * [positions, channels] → the same.
 *
 * Hook points, under `name`: `resid_pre`, `ln1` (with `.scale`, `.normalized`), those of `attn`, `attn_out`,
 * `resid_mid`, `ln2`, `mlp.pre`, `mlp.post`, `mlp_out`, `resid_post`. `attn_out` and `mlp_out` are what is
 * added to the stream.
 */
export function transformerBlock(x: Node, tensors: string, options: TransformerBlockOptions): Node {
  const { name = tensors, heads, epsilon, causal, qkvBias, fusedQkv, layerScale: scaled = false } = options;
  const written = (value: Node, hookName: string, gamma: string) =>
    hook(hookName, scaled ? layerScale(hook(`${hookName}.unscaled`, value), gamma) : value);

  const before = hook(`${name}.resid_pre`, x, 'resid');
  const first = layerNorm(before, `${tensors}.norm1`, { name: `${name}.ln1`, epsilon });
  const attended = attention(first, `${tensors}.attn`, {
    name: `${name}.attn`,
    heads,
    causal,
    fusedQkv,
    bias: { qkv: qkvBias },
  });
  const middle = hook(
    `${name}.resid_mid`,
    add(before, written(attended, `${name}.attn_out`, `${tensors}.ls1.gamma`)),
  );
  const second = layerNorm(middle, `${tensors}.norm2`, { name: `${name}.ln2`, epsilon });
  const perceived = mlp(second, `${tensors}.mlp`, { ...options, name: `${name}.mlp` });
  return hook(
    `${name}.resid_post`,
    add(middle, written(perceived, `${name}.mlp_out`, `${tensors}.ls2.gamma`)),
  );
}

/** Reads `<tensors>.fc1` and `.fc2`. Hook points under `name`: `pre` and `post`, around the activation. */
export function mlp(
  x: Node,
  tensors: string,
  options: { readonly mlpWidth: number; readonly activation: Activation; readonly name?: string },
): Node {
  const { name = tensors, mlpWidth } = options;
  const pre = hook(`${name}.pre`, linear(x, `${tensors}.fc1`, mlpWidth));
  const post = hook(`${name}.post`, activation(pre, options.activation));
  return linear(post, `${tensors}.fc2`, channelsOf(x));
}
