/** Ways of naming the tensors of an architecture, while it is still to be found out what a checkpoint holds. */
import type { CheckpointDescription } from '../architecture.ts';
import type { Shape } from '../graph.ts';
import type { Naming, Source } from '../naming.ts';

export interface Convention<Size> {
  /** Where a tensor of the network lies, whatever its size. */
  readonly source: (name: string, shape: Shape) => string | Source;
  /** All that there is to know once the size is. */
  readonly naming: (size: Size) => Naming;
}

/** The shape of a stored tensor by its name in the network. */
export type ShapeOf = (name: string) => Shape | undefined;

export function shapesBy(
  { source }: Pick<Convention<never>, 'source'>,
  tensors: CheckpointDescription['tensors'],
): ShapeOf {
  return (name) => {
    const found = source(name, []);
    return tensors.get(typeof found === 'string' ? found : found.name)?.shape;
  };
}
