/** How much a step of a run computes, so that runs of different sizes and models can tell of each other. */
import type { ModelWithLayers } from '../registry/models.ts';

export interface MeasuredModel {
  readonly preprocessing: ModelWithLayers['preprocessing'];
  readonly layers: readonly Pick<ModelWithLayers['layers'][number], 'shape' | 'parameters'>[];
}

/**
 * Multiply-adds for each input pixel in one pass through the network: every learned value is used once at each
 * position of its layer.
 */
export function workPerPixel({ preprocessing, layers }: MeasuredModel): number {
  const { height, width } = preprocessing as { height: number; width: number };
  const total = layers.reduce((sum, layer) => sum + layer.parameters * positions(layer.shape), 0);
  return Math.max(total, 1) / (height * width);
}

/** The same for the part of the network up to a layer. */
export function workPerPixelUpTo(
  name: string,
  { preprocessing, layers }: Pick<ModelWithLayers, 'preprocessing' | 'layers'>,
): number {
  const last = layers.findIndex((layer) => layer.name === name);
  return workPerPixel({ preprocessing, layers: layers.slice(0, last + 1) });
}

const positions = (shape: readonly number[]) => (shape.length === 3 ? shape[0]! * shape[1]! : 1);
