import { TooManyPositionsError } from '../errors.ts';
import { hook, node, pointwise, type Node } from '../graph.ts';
import { channelsOf } from './window-node.ts';

/**
 * Adds a learned embedding of each position, with the embedding a hook point of its own. Reads `tensor`
 * [positions, channels].
 * @param name of the hook point, such as `pos_embed`
 * @param options.shorter whether a shorter sequence takes the first of them; of an image, each has its place
 * A run throws TooManyPositionsError for a longer one.
 */
export function addPositionEmbedding(
  x: Node,
  tensor: string,
  name: string,
  { shorter = false }: { shorter?: boolean } = {},
): Node {
  const [positions, channels] = x.shape as [number, number];
  const embedding = node(
    {
      kind: 'pos_embed',
      fixedSize: !shorter,
      inserts: true,
      tensors: [{ name: tensor, shape: [positions, channels] }],
      compute: ([value], { weights }) => {
        const [batch, length] = value!.shape as [number, number];
        // Backends read on beyond the end of a tensor without a word.
        if (length > positions) throw new TooManyPositionsError(length, positions);
        return weights
          .get(tensor)!
          .slice([0, 0], [length, channelsOf(x)])
          .reshape([1, length, channels])
          .tile([batch, 1, 1]);
      },
    },
    [x],
    x.shape,
  );
  return pointwise(x, { kind: 'add', compute: ([value, at]) => value!.add(at!) }, [hook(name, embedding)]);
}
