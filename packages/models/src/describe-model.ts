/** What is to be known of a model before it is registered: which network it is, and whether it is sound. */
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Architecture, CheckpointDescription } from './architecture.ts';
import { architecturesOf, matchCheckpoint, type Match } from './checkpoint-match.ts';
import { openSafetensors } from './checkpoint/safetensors.ts';
import { classSanity, type Photographs } from './class-sanity.ts';
import { configuredClasses } from './config-classes.ts';
import { configuredPreprocessing } from './config-preprocessing.ts';
import { ClassCountError, FixedSizeError, UnrecognizedCheckpointError } from './errors.ts';
import { findArchitecture } from './known-architectures.ts';
import { checkModelName, modelDigest, type Manifest } from './manifest.ts';
import { hookedModel, sha256OfFile, withPreprocessing } from './model.ts';
import { networkOf, type Network } from './network.ts';
import { valueRange, type Preprocessing } from './preprocessing.ts';
import { selfTest } from './self-test.ts';
import { readWeights } from './weights.ts';

/** What a caller knows of a model, beside its weights. */
export interface ModelDescription {
  /** Default: the first variant of the architecture that the checkpoint fits. */
  readonly variant?: string;
  /** What differs from the preprocessing that the configuration, or else the variant, says. */
  readonly preprocessing?: Partial<Preprocessing>;
  /** Names of the logits. A leading `background` that the network does not have is left out. */
  readonly classes?: readonly string[];
  /** Photographs of the network's size for the self-test, which frees them. Default: procedural images. */
  readonly photographs?: (height: number, width: number) => Promise<Photographs>;
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

/** All that an import finds out about a safetensors file, on the engine that is running. */
export async function describeModel(
  path: string,
  architectureName: string | undefined,
  options: DescribeOptions = {},
): Promise<Manifest> {
  const name = checkModelName(options.name ?? basename(path, extname(path)));

  await using checkpoint = await openSafetensors(path);
  const description = { tensors: checkpoint.tensors, config: options.config };
  const architecture = architectureName ? findArchitecture(architectureName) : recognize(path, description);
  const match = matchCheckpoint(architecture, description, options.variant);
  const { variant, naming } = match;
  const preprocessing = {
    ...variant.preprocessing,
    ...configuredPreprocessing(options),
    ...options.preprocessing,
  };
  const network = networkAt(match, preprocessing);
  const classes = namesOfLogits(options.classes ?? configuredClasses(options.config), network);

  const identity = {
    architecture: architecture.name,
    variant: variant.name,
    config: options.config as Manifest['config'],
    checkpoint: {
      sha256: await sha256OfFile(path),
      bytes: (await stat(path)).size,
      format: 'safetensors' as const,
    },
    preprocessing,
  };
  const digest = modelDigest(identity);
  const model = hookedModel(
    { name, digest, classes, ...identity },
    network,
    await readWeights(network.tensors, checkpoint, naming),
    naming,
  );
  const photographs = await options.photographs?.(preprocessing.height, preprocessing.width);
  try {
    const tested = await selfTest(model, photographs?.images);
    const sanity = photographs && (await classSanity(model, photographs));
    const warnings = [
      ...ambiguity(match, options),
      ...rangeWarnings(variant.preprocessing, preprocessing),
      ...tested.warnings,
      ...(sanity?.warnings ?? []),
    ];
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
      selfTest: { ...tested, warnings },
      origin: options.origin,
      source: options.source,
      license: options.license,
    };
  } finally {
    model.dispose();
    photographs?.images.dispose();
  }
}

function recognize(path: string, description: CheckpointDescription): Architecture {
  const fitting = architecturesOf(description);
  if (fitting.length === 1) return fitting[0]!;
  throw new UnrecognizedCheckpointError(
    path,
    fitting.map(({ name }) => name),
    [...description.tensors.keys()],
  );
}

/** At the size of the preprocessing, which a network of fixed size does not leave open. */
function networkAt({ variant, network }: Match, preprocessing: Preprocessing): Network {
  const { height, width } = variant.preprocessing;
  if (network.fixedSize && (preprocessing.height !== height || preprocessing.width !== width)) {
    throw new FixedSizeError(variant.name, [height, width], [preprocessing.height, preprocessing.width]);
  }
  return networkOf(withPreprocessing(variant, preprocessing));
}

function ambiguity({ variant, alsoFit }: Match, options: ModelDescription): string[] {
  if (options.variant || alsoFit.length === 0) return [];
  return [
    `Taken for the variant ${variant.name} (${variant.description}); ${alsoFit.join(', ')} would fit as well: ` +
      'name the variant at import if that is what it is',
  ];
}

/** By how much a range may be wider or narrower than the published one. */
const tolerableRangeRatio = 4;

function rangeWarnings(published: Preprocessing, chosen: Preprocessing): string[] {
  const [usual, given] = [valueRange(published), valueRange(chosen)];
  const ratio = (given.max - given.min) / (usual.max - usual.min);
  if (ratio <= tolerableRangeRatio && ratio >= 1 / tolerableRangeRatio) return [];
  const range = ({ min, max }: { min: number; max: number }) =>
    `${min.toPrecision(3)} to ${max.toPrecision(3)}`;
  return [
    `The preprocessing gives values from ${range(given)}, where weights of this form were trained on ${range(usual)}`,
  ];
}

function namesOfLogits(classes: readonly string[] | undefined, network: Network): string[] | undefined {
  if (!classes) return undefined;
  const { channels } = network.hookPoints.at(-1)!;
  const withoutBackground = classes[0] === 'background' ? classes.slice(1) : classes;
  const names = [classes, withoutBackground].find(({ length }) => length === channels);
  if (!names) throw new ClassCountError(classes.length, channels);
  return [...names];
}
