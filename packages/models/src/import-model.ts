/** From a file of weights to a registered model. */
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { tf } from '@fovea/tensor';
import { matchCheckpoint, type Match } from './checkpoint-match.ts';
import { ClassCountError } from './errors.ts';
import { findArchitecture } from './known-architectures.ts';
import { checkModelName, modelDigest, type Manifest } from './manifest.ts';
import { hookedModel, sha256OfFile, withPreprocessing } from './model.ts';
import { networkOf, type Network } from './network.ts';
import type { Preprocessing } from './preprocessing.ts';
import { loadRegisteredModel, register, type RegisteredModel } from './registry.ts';
import type { SelfTest } from './self-test-result.ts';
import { openSafetensors } from './checkpoint/safetensors.ts';
import { selfTest } from './self-test.ts';
import { readWeights } from './weights.ts';

export interface ImportOptions {
  /** Default: the name of the file without its extension. */
  readonly name?: string;
  /** Default: the first variant of the architecture that the checkpoint fits. */
  readonly variant?: string;
  /** What differs from the variant's own preprocessing. */
  readonly preprocessing?: Partial<Preprocessing>;
  /** Names of the logits. A leading `background` that the network does not have is left out. */
  readonly classes?: readonly string[];
  /** For the self-test: [batch, height, width, 3] in [0, 1]. Default: procedural images. */
  readonly images?: tf.Tensor4D;
  readonly source?: string;
  readonly license?: string;
  /** Default: `foveaHome()`. */
  readonly home?: string;
}

/** Checks a checkpoint, runs the self-test on the engine that is running, and registers the model on disk. */
export async function importModel(
  path: string,
  architecture: string,
  options: ImportOptions = {},
): Promise<RegisteredModel> {
  const manifest = await describeModel(path, architecture, options);
  return register(manifest, path, options.home);
}

/**
 * Tests a registered model anew: that its weights are those that were registered, and what they do with images.
 * @throws UnknownModelError, CorruptCheckpointError, NonFiniteActivationsError
 */
export async function checkModel(name: string, home?: string): Promise<SelfTest> {
  const model = await loadRegisteredModel(name, home);
  try {
    return await selfTest(model);
  } finally {
    model.dispose();
  }
}

/** All that an import finds out, without registering anything. */
export async function describeModel(
  path: string,
  architectureName: string,
  options: ImportOptions = {},
): Promise<Manifest> {
  const architecture = findArchitecture(architectureName);
  const name = checkModelName(options.name ?? basename(path, extname(path)));

  await using checkpoint = await openSafetensors(path);
  const match = matchCheckpoint(architecture, checkpoint, options.variant);
  const { variant, naming } = match;
  const preprocessing = { ...variant.preprocessing, ...options.preprocessing };
  const network = networkOf(withPreprocessing(variant, preprocessing));
  const classes = options.classes && namesOfLogits(options.classes, network);

  const file = {
    sha256: await sha256OfFile(path),
    bytes: (await stat(path)).size,
    format: 'safetensors' as const,
  };
  const identity = {
    architecture: architecture.name,
    variant: variant.name,
    checkpoint: file,
    preprocessing,
  };
  const digest = modelDigest(identity);
  const model = hookedModel(
    { name, digest, classes, ...identity },
    network,
    await readWeights(network.tensors, checkpoint, naming),
    naming,
  );
  try {
    const tested = await selfTest(model, options.images);
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
      selfTest: { ...tested, warnings: [...ambiguity(match, options), ...tested.warnings] },
      source: options.source,
      license: options.license,
    };
  } finally {
    model.dispose();
  }
}

function ambiguity({ variant, alsoFit }: Match, options: ImportOptions): string[] {
  if (options.variant || alsoFit.length === 0) return [];
  return [
    `Taken for the variant ${variant.name} (${variant.description}); ${alsoFit.join(', ')} would fit as well: ` +
      'name the variant at import if that is what it is',
  ];
}

function namesOfLogits(classes: readonly string[], network: Network): string[] {
  const { channels } = network.hookPoints.at(-1)!;
  const withoutBackground = classes[0] === 'background' ? classes.slice(1) : classes;
  const names = [classes, withoutBackground].find(({ length }) => length === channels);
  if (!names) throw new ClassCountError(classes.length, channels);
  return [...names];
}
