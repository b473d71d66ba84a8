/** Values by position: what transformers make of images and texts. */
import { tf } from '@fovea/tensor';
import { node, type Node, type TensorSpec } from '../graph.ts';
import { channelsOf } from './window-node.ts';

/** [height, width, channels] → [height · width, channels], row by row. */
export function toTokens(x: Node): Node {
  const [height, width, channels] = x.shape as [number, number, number];
  return node(
    { kind: 'tokens', averages: true, compute: ([value]) => value!.reshape([value!.shape[0], -1, channels]) },
    [x],
    [height * width, channels],
  );
}

/** The inverse of `toTokens`, for an image as large as `like`. */
export function toImage(x: Node, like: Node): Node {
  return node(
    {
      kind: 'image',
      averages: true,
      compute: ([value, image]) => value!.reshape([...image!.shape.slice(0, 3), channelsOf(x)]),
    },
    [x, like],
    [...like.shape.slice(0, 2), channelsOf(x)],
  );
}

/**
 * Learned tokens, such as the class token and registers, behind the first `at` of the others. Reads each of
 * `tensors`, whose shape may have leading ones. [positions, channels] → [learned + positions, channels].
 */
export function insertTokens(x: Node, tensors: readonly TensorSpec[], at = 0): Node {
  const channels = channelsOf(x);
  const learned = tensors.reduce((sum, { shape }) => sum + rowsOf(shape, channels), 0);
  return node(
    {
      kind: 'tokens',
      tensors,
      inserts: true,
      compute: ([value], { weights }) => {
        const [batch, positions] = value!.shape as [number, number];
        const tokens = tensors.map(({ name, shape }) =>
          weights
            .get(name)!
            .reshape([1, rowsOf(shape, channels), channels])
            .tile([batch, 1, 1]),
        );
        if (at === 0) return tf.concat([...tokens, value!], 1);
        const [before, behind] = tf.split(value!, [at, positions - at], 1);
        return tf.concat([before!, ...tokens, behind!], 1);
      },
    },
    [x],
    [x.shape[0]! + learned, channels],
  );
}

/** Positions `start` to `start + count`. */
export function takePositions(x: Node, start: number, count: number): Node {
  return node(
    {
      kind: 'slice',
      averages: true,
      compute: ([value]) => value!.slice([0, start, 0], [-1, count, -1]),
    },
    [x],
    [count, channelsOf(x)],
  );
}

/** One position: [positions, channels] → [channels]. */
export function takePosition(x: Node, position: number): Node {
  return node(
    {
      kind: 'slice',
      averages: true,
      compute: ([value]) => value!.slice([0, position, 0], [-1, 1, -1]).squeeze([1]),
    },
    [x],
    [channelsOf(x)],
  );
}

/** The mean over positions `start` and after: [positions, channels] → [channels]. */
export function meanOfPositions(x: Node, start = 0): Node {
  return node(
    {
      kind: 'mean',
      averages: true,
      compute: ([value]) => value!.slice([0, start, 0], [-1, -1, -1]).mean(1),
    },
    [x],
    [channelsOf(x)],
  );
}

/** Looks ids up in a table: reads `<tensors>.weight` [vocabulary, channels]. [positions] → [positions, channels]. */
export function embedding(ids: Node, tensors: string, vocabulary: number, channels: number): Node {
  const table: TensorSpec = { name: `${tensors}.weight`, shape: [vocabulary, channels] };
  return node(
    {
      kind: 'embedding',
      tensors: [table],
      inserts: true,
      compute: ([value], { weights }) => tf.gather(weights.get(table.name)!, value!.toInt()),
    },
    [ids],
    [...ids.shape, channels],
  );
}

function rowsOf(shape: readonly number[], channels: number): number {
  return shape.reduce((product, length) => product * length, 1) / channels;
}
