/** Which network the weights in a file are of. */
import type { Architecture, CheckpointDescription } from './architecture.ts';
import { architecturesOf, matchCheckpoint, type Match } from './checkpoint-match.ts';
import { openSafetensors } from './checkpoint/safetensors.ts';
import { configuredPreprocessing } from './config-preprocessing.ts';
import { FixedSizeError, UnrecognizedCheckpointError } from './errors.ts';
import type { Weights } from './graph.ts';
import { findNetwork } from './known-architectures.ts';
import type { Manifest } from './manifest.ts';
import type { Naming } from './naming.ts';
import { networkOf, type Network } from './network.ts';
import { loadOnnx } from './onnx/onnx-model.ts';
import { forChannels, valueRange, type Preprocessing } from './preprocessing.ts';
import { readWeights } from './weights.ts';
import { withPreprocessing } from './model.ts';

export interface RecognizedNetwork {
  readonly architecture: string;
  readonly variant: string;
  readonly format: Manifest['checkpoint']['format'];
  readonly preprocessing: Preprocessing;
  readonly network: Network;
  /** On the engine; the caller frees them. */
  readonly weights: Weights;
  readonly naming: Naming;
  /** What was assumed, and what is unlikely to be meant. */
  readonly warnings: readonly string[];
}

interface RecognizeOptions {
  readonly variant?: string;
  readonly preprocessing?: Partial<Preprocessing>;
  readonly config?: unknown;
  readonly preprocessor?: unknown;
}

/** Any network that a file describes itself. */
export const onnxArchitecture = 'onnx';

/**
 * Networks of a known architecture, from safetensors.
 * @throws UnknownArchitectureError, UnrecognizedCheckpointError, CheckpointMismatchError, ChannelCountError,
 *   FixedSizeError, any error of the reader
 */
export async function recognizeSafetensors(
  path: string,
  architectureName: string | undefined,
  options: RecognizeOptions,
): Promise<RecognizedNetwork> {
  await using checkpoint = await openSafetensors(path);
  const description = { tensors: checkpoint.tensors, config: options.config };
  const named = architectureName === undefined ? undefined : findNetwork(architectureName);
  const architecture = named?.architecture ?? recognize(path, description);
  const match = matchCheckpoint(architecture, description, options.variant ?? named?.variant);
  const { variant, naming } = match;
  const configured = configuredPreprocessing(options);
  const preprocessing = forChannels(
    { ...variant.preprocessing, ...configured, ...sizeOfPositions(match), ...options.preprocessing },
    variant.preprocessing.mean.length,
    variant.name,
  );
  const network = networkAt(match, preprocessing);
  return {
    architecture: architecture.name,
    variant: variant.name,
    format: 'safetensors',
    preprocessing,
    network,
    weights: await readWeights(network.tensors, checkpoint, naming),
    naming,
    warnings: [
      ...ambiguity(match, { ...options, variant: options.variant ?? named?.variant }),
      ...sizeWarnings(configured, sizeOfPositions(match)),
      ...rangeWarnings(variant.preprocessing, preprocessing),
    ],
  };
}

/** @throws what `loadOnnx` does */
export async function recognizeOnnx(
  path: string,
  { preprocessing }: RecognizeOptions,
): Promise<RecognizedNetwork> {
  const model = await loadOnnx(path, preprocessing);
  return { architecture: onnxArchitecture, variant: onnxArchitecture, format: 'onnx', ...model };
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

/**
 * What a network of fixed size reads, whatever is configured: DINOv2's configuration asks for images of 224, at which
 * its implementation resamples the positions that it learned at 518.
 */
function sizeOfPositions({ variant, network }: Match): Partial<Preprocessing> {
  const { height, width } = variant.preprocessing;
  return network.fixedSize ? { height, width } : {};
}

/** At the size of the preprocessing, which a network of fixed size does not leave open. */
function networkAt({ variant, network }: Match, preprocessing: Preprocessing): Network {
  const { height, width } = variant.preprocessing;
  if (network.fixedSize && (preprocessing.height !== height || preprocessing.width !== width)) {
    throw new FixedSizeError(variant.name, [height, width], [preprocessing.height, preprocessing.width]);
  }
  return networkOf(withPreprocessing(variant, preprocessing));
}

/** A configuration tells what tensors do not. */
function ambiguity({ variant, alsoFit }: Match, options: RecognizeOptions): string[] {
  if (options.variant || options.config !== undefined || alsoFit.length === 0) return [];
  return [
    `Taken for the variant ${variant.name} (${variant.description}); ${alsoFit.join(', ')} would fit as well: ` +
      'name the variant at import if that is what it is',
  ];
}

function sizeWarnings(configured: Partial<Preprocessing>, fixed: Partial<Preprocessing>): string[] {
  const { height = fixed.height, width = fixed.width } = configured;
  if (fixed.height === undefined || (height === fixed.height && width === fixed.width)) return [];
  return [
    `It reads images of ${fixed.height}×${fixed.width}, where its configuration says ${height}×${width}`,
  ];
}

/** By how much a range may be wider or narrower than the published one. */
const tolerableRangeRatio = 4;

export function rangeWarnings(published: Preprocessing, chosen: Preprocessing): string[] {
  const [usual, given] = [valueRange(published), valueRange(chosen)];
  const ratio = (given.max - given.min) / (usual.max - usual.min);
  if (ratio <= tolerableRangeRatio && ratio >= 1 / tolerableRangeRatio) return [];
  const range = ({ min, max }: { min: number; max: number }) =>
    `${min.toPrecision(3)} to ${max.toPrecision(3)}`;
  return [
    `The preprocessing gives values from ${range(given)}, where weights of this form were trained on ${range(usual)}`,
  ];
}
