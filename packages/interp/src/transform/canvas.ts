/**
 * Transforms draw images of many sizes on the way to one. On a canvas that takes the largest of them, with black
 * where an image is smaller, all draws have the same shapes, and one compiled step serves them.
 */
import { enlarged } from '../sparse-map.ts';
import type { Stage } from './stage.ts';
import { withSize, type ImageShape } from './transform.ts';

/**
 * The stages with canvases between them; as they are where the last image has another size than the largest, so that
 * nothing would be gained.
 * @param largest the images after each stage where the largest are drawn
 */
export function onCanvas(stages: readonly Stage[], largest: readonly ImageShape[]): readonly Stage[] {
  const isSame = (a: ImageShape, b: ImageShape) => a.every((length, axis) => length === b[axis]);
  if (stages.length === 0 || !isSame(stages.at(-1)!.shape, largest.at(-1)!)) return stages;
  return stages.map((stage, index) => {
    const [before, next] = [stages[index - 1], stages[index + 1]];
    const from = before && isLinear(before) && isLinear(stage) ? largest[index - 1] : before?.shape;
    const to = next && isLinear(stage) && isLinear(next) ? largest[index]! : stage.shape;
    return between(stage, from, to);
  });
}

/** Reads and writes part of a larger image as well as the whole of its own. */
function isLinear({ kind }: Stage): boolean {
  return kind !== 'fed';
}

function between(stage: Stage, from: ImageShape | undefined, [, height, width]: ImageShape): Stage {
  if (stage.kind === 'fed') return stage;
  const shape = withSize(stage.shape, height, width);
  if (stage.kind === 'sampled') {
    const { sampling } = stage;
    const size = from ? ([from[1], from[2]] as const) : sampling.from;
    return { ...stage, shape, sampling: { ...sampling, from: size, to: [height, width] } };
  }
  const { rows, columns, background } = stage;
  return {
    ...stage,
    shape,
    rows: enlarged(rows, from?.[1] ?? rows.inputs, height),
    columns: enlarged(columns, from?.[2] ?? columns.inputs, width),
    background: background.map(({ column, row }) => ({
      column: padded(column, height),
      row: padded(row, width),
    })),
  };
}

function padded(values: readonly number[], length: number): number[] {
  return [...values, ...Array<number>(length - values.length).fill(0)];
}
