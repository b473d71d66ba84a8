/**
 * Activation patching: a part of a layer's value on one image is put into the run on another, to see what of the
 * difference between the two it carries (Meng et al., "Locating and Editing Factual Associations in GPT", 2022; practice
 * as in Heimersheim and Nanda, "How to use and interpret activation patching", 2024).
 */
import { capture, type HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { cutBetween, imageInput, imageShape, runCut, type Cut } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution, type Computation, type Execution } from '../execution/execution.ts';
import { writeMask, type PatchNode } from './nodes.ts';

export interface PatchingSettings {
  /** The hook point that is patched. */
  readonly layer: string;
  /** The hook point whose value is wanted. Default: the network's output. */
  readonly target?: string;
  /** Patches of one run. Default: 8. */
  readonly batch?: number;
}

/** Images [height, width, channels] in [0, 1], of the size that the model's preprocessing names. */
export interface ImagePair {
  readonly clean: Float32Array;
  readonly corrupt: Float32Array;
}

export interface PatchedRuns {
  /** The target's value without a patch. */
  readonly clean: Float32Array;
  readonly corrupt: Float32Array;
  /** For each node in order. */
  readonly patched: readonly Float32Array[];
}

export interface PatchingRun extends Disposable {
  readonly engine: Engine;
  /**
   * @param mode denoising puts clean values into the corrupt run, and so asks what suffices to restore; noising puts
   * corrupt values into the clean run, and so asks what is needed
   * @throws SelectionError
   */
  run(pair: ImagePair, mode: 'denoising' | 'noising', nodes: readonly PatchNode[]): Promise<PatchedRuns>;
}

/**
 * One computation serves every node and every pair, because values and masks are fed to it. It begins at the layer.
 * @throws UnknownLayerError, CompileError
 */
export async function startPatching(
  model: HookedModel,
  { layer, target = model.network.output, batch = 8 }: PatchingSettings,
  options: EngineOptions = {},
): Promise<PatchingRun> {
  const cut = cutBetween(model, model.hookPoint(layer).name, target);
  using executions = new DisposableStack();
  const plain = executions.use(await startExecution(plainComputation(model, cut), options));
  const patch = executions.use(await startExecution(patchComputation(model, cut, batch), options));
  const held = executions.move();
  return {
    engine: patch.engine,
    async run(pair, mode, nodes) {
      const [clean, corrupt] = [
        await plain.run({ image: pair.clean }),
        await plain.run({ image: pair.corrupt }),
      ];
      const [into, from] = mode === 'denoising' ? [corrupt, clean] : [clean, corrupt];
      const pixels = mode === 'denoising' ? pair.corrupt : pair.clean;
      const values = {
        value: into.layer!,
        replacement: from.layer!,
        ...(cut.needsImage && { image: pixels }),
      };
      const patched = await patchNodes(model, cut, patch, { values, nodes, batch });
      return { clean: clean.target!, corrupt: corrupt.target!, patched };
    },
    [Symbol.dispose]: () => held.dispose(),
  };
}

function plainComputation(model: HookedModel, { layer, target }: Cut): Computation {
  return {
    model,
    key: ['values', layer, target],
    inputs: { image: { shape: [1, ...imageShape(model)] } },
    run({ image }) {
      const values = capture(model, model.preprocess(image as tf.Tensor4D), [layer, target]);
      return { layer: values[layer]!, target: values[target]! };
    },
  };
}

function patchComputation(model: HookedModel, cut: Cut, batch: number): Computation {
  return {
    model,
    key: ['patching', cut.layer, cut.target],
    inputs: {
      value: { shape: [1, ...cut.shape] },
      replacement: { shape: [1, ...cut.shape] },
      mask: { shape: [batch, ...cut.shape] },
      ...imageInput(model, cut),
    },
    run({ value, replacement, mask, image }) {
      const patched = value!.mul(tf.sub(1, mask!)).add(replacement!.mul(mask!));
      return { target: runCut(model, cut, patched, image) };
    },
  };
}

async function patchNodes(
  model: HookedModel,
  { layer, shape }: Cut,
  execution: Execution,
  given: {
    readonly values: Readonly<Record<string, Float32Array>>;
    readonly nodes: readonly PatchNode[];
    readonly batch: number;
  },
): Promise<Float32Array[]> {
  const { values, nodes, batch } = given;
  const point = model.hookPoint(layer);
  const size = tf.util.sizeFromShape([...shape]);
  const patched: Float32Array[] = [];
  for (let start = 0; start < nodes.length; start += batch) {
    const some = nodes.slice(start, start + batch);
    const mask = new Float32Array(batch * size);
    for (const [index, node] of some.entries())
      writeMask(mask.subarray(index * size, (index + 1) * size), point, node);
    const { target } = await execution.run({ ...values, mask });
    const length = target!.length / batch;
    for (const index of some.keys()) patched.push(target!.slice(index * length, (index + 1) * length));
  }
  return patched;
}
