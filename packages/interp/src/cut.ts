/** Running a network on from a layer: what a method needs when it puts values of its own there. */
import type { HookedModel } from '@fovea/models';
import { tf, type TensorSpec } from '@fovea/tensor';

/** Where a run goes on from, and to which layer. */
export interface Cut {
  /** A hook point, or the main input by its name. */
  readonly layer: string;
  readonly target: string;
  /** Of the layer, without batch. */
  readonly shape: readonly number[];
  readonly targetShape: readonly number[];
  /** Whether the target also depends on the image by ways that do not pass the layer. */
  readonly needsImage: boolean;
}

/** @throws UnknownLayerError */
export function cutBetween(model: HookedModel, from: string, to: string): Cut {
  const target = model.hookPoint(to);
  const input = model.inputs[0]!;
  const layer = from === input.name ? input : model.hookPoint(from);
  return {
    layer: layer.name,
    target: target.name,
    shape: layer.shape,
    targetShape: target.shape,
    needsImage: dependenciesPast(model, layer.name, target.name).has(input.name),
  };
}

/** The layers and inputs on which a target depends by ways that do not pass a layer. */
function dependenciesPast({ hookPoints }: HookedModel, layer: string, target: string): Set<string> {
  const sources = new Map(hookPoints.map((point) => [point.name, point.sources]));
  const reached = new Set([target]);
  reached.delete(layer);
  for (const name of reached)
    for (const source of sources.get(name) ?? []) if (source !== layer) reached.add(source);
  return reached;
}

/** What a computation on a cut is fed beside its own inputs: one image, where the cut needs it. */
export function imageInput(model: HookedModel, { needsImage }: Cut): Record<string, TensorSpec> {
  return needsImage ? { image: { shape: [1, ...imageShape(model)] } } : {};
}

/**
 * The target's value [batch, ...], given that of the layer.
 * @param image [1, height, width, channels] in [0, 1], where the cut needs it
 */
export function runCut(
  model: HookedModel,
  { layer, target }: Cut,
  value: tf.Tensor,
  image?: tf.Tensor,
): tf.Tensor {
  const isInput = layer === model.inputs[0]!.name;
  const input = isInput ? value : image ? repeated(model, image, value.shape[0]) : {};
  const from = isInput ? {} : { [layer]: value };
  return model.run(input, { from, until: [target] })[target]!;
}

function repeated(model: HookedModel, image: tf.Tensor, batch: number): tf.Tensor4D {
  return tf.tile(model.preprocess(image as tf.Tensor4D), [batch, 1, 1, 1]);
}

/** [height, width, channels] of the images that a model is nominally given. */
export function imageShape({ preprocessing, inputs }: HookedModel): number[] {
  return [preprocessing.height, preprocessing.width, inputs[0]!.shape.at(-1)!];
}
