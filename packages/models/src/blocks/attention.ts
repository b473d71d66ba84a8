/** Attention with every intermediate value a hook point, named as in TransformerLens. */
import { tf } from '@fovea/tensor';
import { detour, hook, node, pointwise, type Node, type TensorSpec } from '../graph.ts';
import { concat } from './arithmetic.ts';
import { linear } from './linear.ts';
import { channelsOf } from './window-node.ts';

export interface AttentionOptions {
  readonly heads: number;
  /** What keys and values are made of, for cross-attention. Default: the queries' own source. */
  readonly context?: Node;
  /** Of all heads together. Default: the channels of the source. */
  readonly innerWidth?: number;
  /** Of what is written. Default: the channels of the source. */
  readonly outputWidth?: number;
  /** Each position sees itself and those before it. */
  readonly causal?: boolean;
  /** Default true, each. */
  readonly bias?: { readonly qkv?: boolean; readonly out?: boolean };
  /** Also a hook point `qkv` [position, channel]: the three together, as implementations with one map compute them. */
  readonly fusedQkv?: boolean;
  /** Before the hook points `q` and `k`, at each position and head, such as a normalisation. */
  readonly onQuery?: (q: Node) => Node;
  readonly onKey?: (k: Node) => Node;
}

/** Added to scores that a causal mask forbids: their share of the pattern is zero in float32. */
const forbidden = -1e9;

/**
 * softmax(q · kᵀ / √d) · v per head, then a linear map to the output. Reads `<tensors>.{q,k,v,out}.{weight,bias}`.
 * [positions, channels] → [positions, outputWidth].
 *
 * Hook points, under `name`: `q`, `k`, `v`, `z` [position, head, channel]; `scores`, after the mask, and
 * `pattern` [head, query, key]; `result` [position, head, channel], what each head writes, without the bias.
 * `result` and `qkv` are computed only if asked for.
 */
export function attention(x: Node, tensors: string, options: AttentionOptions & { name?: string }): Node {
  const { name = tensors, heads, context = x, bias, causal = false } = options;
  const { innerWidth = channelsOf(x), outputWidth = channelsOf(x) } = options;
  const { onQuery = (q: Node) => q, onKey = (k: Node) => k } = options;
  const project = (source: Node, part: string) =>
    linear(source, `${tensors}.${part}`, innerWidth, { bias: bias?.qkv });
  const separate = [project(x, 'q'), project(context, 'k'), project(context, 'v')];
  const projected = options.fusedQkv ? throughFused(separate, `${name}.qkv`) : separate;
  const [queries, keys, values] = projected.map((part) => splitHeads(part, heads));
  const q = hook(`${name}.q`, onQuery(queries!));
  const k = hook(`${name}.k`, onKey(keys!));
  const v = hook(`${name}.v`, values!);

  const products = scaledProducts(q, k);
  const scores = hook(`${name}.scores`, causal ? masked(products) : products);
  const pattern = hook(
    `${name}.pattern`,
    pointwise(scores, { kind: 'softmax', compute: ([value]) => tf.softmax(value!) }),
  );
  const z = hook(`${name}.z`, weighted(pattern, v));
  const output = linear(mergeHeads(z), `${tensors}.out`, outputWidth, { bias: bias?.out });
  return throughResults(output, z, tensors, `${name}.result`, bias?.out ?? true);
}

/** Queries, keys and values as parts of one value, where a run asks for that. */
function throughFused(parts: readonly Node[], name: string): Node[] {
  const fused = hook(name, concat(parts));
  return parts.map((part, index) => detour(part, third(fused, index), [name]));
}

function third(fused: Node, index: number): Node {
  const width = channelsOf(fused) / 3;
  return node(
    { kind: 'slice', compute: ([value]) => value!.slice([0, 0, index * width], [-1, -1, width]) },
    [fused],
    [...fused.shape.slice(0, -1), width],
  );
}

/** [positions, heads · d] → [positions, heads, d]. */
function splitHeads(x: Node, heads: number): Node {
  const [positions, width] = x.shape as [number, number];
  return node(
    {
      kind: x.operation.kind,
      reshapes: true,
      compute: ([value]) => value!.reshape([...value!.shape.slice(0, 2), heads, width / heads]),
    },
    [x],
    [positions, heads, width / heads],
    { axes: ['position', 'head', 'channel'] },
  );
}

function mergeHeads(z: Node): Node {
  const [positions, heads, width] = z.shape as [number, number, number];
  return node(
    {
      kind: 'concat',
      reshapes: true,
      compute: ([value]) => value!.reshape([...value!.shape.slice(0, 2), heads * width]),
    },
    [z],
    [positions, heads * width],
  );
}

/** q · kᵀ / √d: [head, query, key]. */
function scaledProducts(q: Node, k: Node): Node {
  const [queries, heads, width] = q.shape as [number, number, number];
  return node(
    {
      kind: 'scores',
      compute: ([query, key]) =>
        tf.matMul(query!.transpose([0, 2, 1, 3]), key!.transpose([0, 2, 3, 1])).mul(1 / Math.sqrt(width)),
    },
    [q, k],
    [heads, queries, k.shape[0]!],
    { axes: ['head', 'query', 'key'] },
  );
}

function masked(scores: Node): Node {
  return pointwise(scores, {
    kind: 'scores',
    compute: ([value]) => {
      const [queries, keys] = value!.shape.slice(-2) as [number, number];
      const mask = Float32Array.from({ length: queries * keys }, (_, index) =>
        index % keys > Math.floor(index / keys) ? forbidden : 0,
      );
      return value!.add(tf.tensor2d(mask, [queries, keys]));
    },
  });
}

/** The values by the weights of the pattern: [position, head, channel]. */
function weighted(pattern: Node, v: Node): Node {
  const [heads, queries] = pattern.shape as [number, number, number];
  return node(
    {
      kind: 'z',
      compute: ([weights, values]) =>
        tf.matMul(weights!, values!.transpose([0, 2, 1, 3])).transpose([0, 2, 1, 3]),
    },
    [pattern, v],
    [queries, heads, channelsOf(v)],
    { axes: ['position', 'head', 'channel'] },
  );
}

/** `output` as the sum of what the heads write, where a run asks for that. */
function throughResults(output: Node, z: Node, tensors: string, name: string, biased: boolean): Node {
  const [positions, heads, width] = z.shape as [number, number, number];
  const outputWidth = channelsOf(output);
  const weight: TensorSpec = {
    name: `${tensors}.out.weight`,
    shape: [outputWidth, heads * width],
    toEngine: [1, 0],
  };
  const bias: TensorSpec = { name: `${tensors}.out.bias`, shape: [outputWidth] };
  const result = node(
    {
      kind: 'result',
      tensors: [weight],
      compute: ([value], { weights }) => {
        const batch = value!.shape[0];
        const perHead = weights.get(weight.name)!.reshape<tf.Tensor3D>([heads, width, outputWidth]);
        const rows = value!.transpose([2, 0, 1, 3]).reshape<tf.Tensor3D>([heads, -1, width]);
        return tf.matMul(rows, perHead).reshape([heads, batch, -1, outputWidth]).transpose([1, 2, 0, 3]);
      },
    },
    [z],
    [positions, heads, outputWidth],
    { axes: ['position', 'head', 'channel'] },
  );
  const sum = node(
    {
      kind: output.operation.kind,
      tensors: biased ? [bias] : [],
      compute: ([value], { weights }) => {
        const written = value!.sum(2);
        return biased ? written.add(weights.get(bias.name)!) : written;
      },
    },
    [hook(name, result)],
    output.shape,
  );
  return detour(output, sum, [name]);
}
