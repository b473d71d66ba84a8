/** From weights as they were published to a registered model. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { classSanity, type ClassSanity } from './class-sanity.ts';
import { describeModel, type ModelDescription } from './describe-model.ts';
import { openModelSource, type ModelSource } from './checkpoint/model-source.ts';
import { convertToSafetensors } from './checkpoint/write-safetensors.ts';
import { findNetwork } from './known-architectures.ts';
import type { HookedModel } from './hooked-model.ts';
import { architectures } from './known-architectures.ts';
import { checkModelName, type Manifest } from './manifest.ts';
import { sha256OfFile } from './model.ts';
import { inlineExternal } from './onnx/inline-external.ts';
import { onnxArchitecture, rangeWarnings } from './recognize-network.ts';
import { foveaHome, loadRegisteredModel, register, type RegisteredModel } from './registry.ts';
import type { SelfTest } from './self-test-result.ts';
import { selfTest } from './self-test.ts';

export interface ImportOptions extends ModelDescription {
  /** Default: the name of the file without its extension, or of the folder. */
  readonly name?: string;
  /** Default: `foveaHome()`. */
  readonly home?: string;
}

/**
 * Checks weights of any format that can be read, runs the self-test on the engine that is running, and registers
 * the model on disk, as one safetensors or ONNX file.
 * @param path of a file, or of a folder as Hugging Face, diffusers, timm and open_clip publish it
 * @param architecture its name or that of a variant; default: `onnx` of an .onnx file, and otherwise the one that
 *   the weights fit
 */
export async function importModel(
  path: string,
  architecture = extname(path) === '.onnx' ? onnxArchitecture : undefined,
  { name = basename(path, extname(path)), home = foveaHome(), ...description }: ImportOptions = {},
): Promise<RegisteredModel> {
  checkModelName(name);
  if (architecture !== undefined && architecture !== onnxArchitecture) findNetwork(architecture);
  const { weightsPath, converted, origin, config, preprocessor } =
    architecture === onnxArchitecture ? await asOneOnnx(path, home) : await asSafetensors(path, home);
  try {
    const manifest = await describeModel(weightsPath, architecture, {
      ...description,
      name,
      origin,
      config,
      preprocessor,
    });
    return await register(manifest, weightsPath, home);
  } finally {
    if (converted) await rm(weightsPath, { force: true });
  }
}

export interface CheckedModel extends SelfTest {
  /** What it takes photographs for, if it classifies and any were given. */
  readonly classes?: ClassSanity;
}

/**
 * Tests a registered model anew: that its weights are those that were registered, and what they do with images.
 * @throws UnknownModelError, CorruptCheckpointError, NonFiniteActivationsError
 */
export async function checkModel(
  name: string,
  { home, photographs }: Pick<ImportOptions, 'home' | 'photographs'> = {},
): Promise<CheckedModel> {
  const model = await loadRegisteredModel(name, home);
  const seen = await photographs?.(model.preprocessing);
  try {
    const tested = await selfTest(model, seen?.images);
    const classes = seen && (await classSanity(model, seen));
    const warnings = [...unusualRange(model), ...tested.warnings, ...(classes?.warnings ?? [])];
    return { ...tested, warnings, classes };
  } finally {
    model.dispose();
    seen?.images.dispose();
  }
}

/** Nothing is known of the range of a form that was not published, or that a file describes itself. */
function unusualRange({ architecture, variant, preprocessing }: HookedModel): string[] {
  const { variants = [] } = architectures.find(({ name }) => name === architecture) ?? {};
  const published = variants.find(({ name }) => name === variant);
  return published ? rangeWarnings(published.preprocessing, preprocessing) : [];
}

/** A model is one file of weights, so that it has one digest and one way to a worker. */
interface OneFile extends Pick<ModelSource, 'weightsPath' | 'config' | 'preprocessor'> {
  /** A file of our own, which the caller removes. */
  readonly converted: boolean;
  /** What it was converted from. */
  readonly origin?: Manifest['origin'];
}

async function asSafetensors(path: string, home: string): Promise<OneFile> {
  await using source = await openModelSource(path);
  const { checkpoint, weightsPath, config, preprocessor } = source;
  const described = { config, preprocessor };
  if (checkpoint.format === 'safetensors' && extname(weightsPath) !== '.json') {
    return { weightsPath, converted: false, ...described };
  }
  const target = await newFile(home, '.safetensors');
  await convertToSafetensors(checkpoint, target);
  const origin = {
    format: checkpoint.format,
    file: basename(weightsPath),
    sha256: await sha256OfFile(weightsPath),
  };
  return { weightsPath: target, converted: true, origin, ...described };
}

async function asOneOnnx(path: string, home: string): Promise<OneFile> {
  const target = await newFile(home, '.onnx');
  if (!(await inlineExternal(path, target))) return { weightsPath: path, converted: false };
  const origin = { format: 'onnx', file: basename(path), sha256: await sha256OfFile(path) };
  return { weightsPath: target, converted: true, origin };
}

/** Beside the models, where a dot in front keeps it from being one. */
async function newFile(home: string, extension: string): Promise<string> {
  const models = join(home, 'models');
  await mkdir(models, { recursive: true });
  return join(models, `.${randomUUID()}${extension}`);
}
