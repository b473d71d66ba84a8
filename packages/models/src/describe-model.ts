/** What is to be known of a model before it is registered: which network it is, and whether it is sound. */
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { classSanity, type Photographs } from './class-sanity.ts';
import { configuredClasses } from './config-classes.ts';
import { ClassCountError } from './errors.ts';
import type { HookedModel } from './hooked-model.ts';
import { checkModelName, modelDigest, type Manifest } from './manifest.ts';
import { hookedModel, sha256OfFile } from './model.ts';
import type { Network } from './network.ts';
import type { Preprocessing } from './preprocessing.ts';
import { onnxArchitecture, recognizeOnnx, recognizeSafetensors } from './recognize-network.ts';
import type { SelfTest } from './self-test-result.ts';
import { selfTest } from './self-test.ts';
import { disposeWeights } from './weights.ts';

/** What a caller knows of a model, beside its weights. */
export interface ModelDescription {
  /** Default: the first variant of the architecture that the checkpoint fits. */
  readonly variant?: string;
  /** What differs from the preprocessing that the configuration, or else the variant, says. */
  readonly preprocessing?: Partial<Preprocessing>;
  /** Names of the logits. A leading `background` that the network does not have is left out. */
  readonly classes?: readonly string[];
  /**
   * Photographs for the self-test, which frees them, at the size and cropped as a preprocessing says. Default:
   * procedural images.
   */
  readonly photographs?: (preprocessing: Preprocessing) => Promise<Photographs>;
  readonly source?: string;
  readonly license?: string;
}

interface DescribeOptions extends ModelDescription, Pick<Manifest, 'origin'> {
  /** Default: the name of the file without its extension. */
  readonly name?: string;
  /** The parsed configuration that came with the weights. */
  readonly config?: unknown;
  /** The parsed configuration of the preprocessing that came with the weights. */
  readonly preprocessor?: unknown;
}

/** All that an import finds out about a file of weights, on the engine that is running. */
export async function describeModel(
  path: string,
  architecture: string | undefined,
  options: DescribeOptions = {},
): Promise<Manifest> {
  const name = checkModelName(options.name ?? basename(path, extname(path)));
  const recognized =
    architecture === onnxArchitecture
      ? await recognizeOnnx(path, options)
      : await recognizeSafetensors(path, architecture, options);
  const { network, weights, naming, format, preprocessing } = recognized;
  try {
    const identity = {
      architecture: recognized.architecture,
      variant: recognized.variant,
      config: options.config as Manifest['config'],
      checkpoint: { sha256: await sha256OfFile(path), bytes: (await stat(path)).size, format },
      preprocessing,
    };
    const digest = modelDigest(identity);
    const classes = namesOfLogits(options.classes ?? configuredClasses(options.config), network);
    const model = hookedModel({ name, digest, classes, ...identity }, network, weights, naming);
    return {
      name,
      ...identity,
      digest,
      parameters: network.parameters,
      hookPoints: network.hookPoints.map((point) => ({
        ...point,
        shape: [...point.shape],
        axes: [...point.axes],
        sources: [...point.sources],
      })),
      classes,
      selfTest: await tested(model, recognized.warnings, options),
      origin: options.origin,
      source: options.source,
      license: options.license,
    };
  } finally {
    disposeWeights(weights);
  }
}

async function tested(
  model: HookedModel,
  warnings: readonly string[],
  options: DescribeOptions,
): Promise<SelfTest> {
  const photographs = await options.photographs?.(model.preprocessing);
  try {
    const result = await selfTest(model, photographs?.images);
    const sanity = photographs && (await classSanity(model, photographs));
    return { ...result, warnings: [...warnings, ...result.warnings, ...(sanity?.warnings ?? [])] };
  } finally {
    photographs?.images.dispose();
  }
}

function namesOfLogits(classes: readonly string[] | undefined, network: Network): string[] | undefined {
  if (!classes) return undefined;
  const { channels } = network.hookPoints.at(-1)!;
  const withoutBackground = classes[0] === 'background' ? classes.slice(1) : classes;
  const names = [classes, withoutBackground].find(({ length }) => length === channels);
  if (!names) throw new ClassCountError(classes.length, channels);
  return [...names];
}
