/** `fovea model …`: the models of this machine. */
import {
  checkModel as check,
  findModel,
  listModels as listRegistered,
  moduleNames,
  removeModel as removeRegistered,
  type CheckedModel,
  type HookPoint,
  type Manifest,
} from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { photographsIn } from '../images.ts';
import { printJson, printTable } from '../table.ts';

export async function listModels({ json }: { json?: boolean }): Promise<ExitCode> {
  const models = await listRegistered();
  if (json) printJson(models.map(({ manifest }) => manifest));
  else {
    printTable(
      ['NAME', 'ARCHITECTURE', 'VARIANT', 'PARAMETERS', 'LAYERS', 'INPUT', 'DIGEST'],
      models.map(({ manifest }) => [
        manifest.name,
        manifest.architecture,
        manifest.variant,
        manifest.parameters.toLocaleString('en'),
        String(manifest.hookPoints.length),
        `${manifest.preprocessing.height}×${manifest.preprocessing.width}`,
        manifest.digest.slice(0, 12),
      ]),
    );
  }
  return exitCodes.ok;
}

export async function showModel(name: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const model = await findModel(name);
  const modules = await moduleNames(model);
  if (json) {
    printJson({ ...model.manifest, modules: Object.fromEntries(modules) });
    return exitCodes.ok;
  }
  printFacts(model.manifest);
  printTable(
    ['LAYER', 'KIND', 'SHAPE', 'AXES', 'PARAMETERS', 'RECEPTIVE FIELD', 'MODULES'],
    model.manifest.hookPoints.map((point) => [
      point.name,
      point.kind,
      point.shape.join('×'),
      point.axes.join(' '),
      point.parameters.toLocaleString('en'),
      receptiveField(point),
      modules.get(point.name)?.join(', ') ?? '',
    ]),
  );
  return exitCodes.ok;
}

function printFacts({ preprocessing, origin, checkpoint, ...manifest }: Manifest): void {
  const facts = {
    architecture: manifest.architecture,
    variant: manifest.variant,
    digest: manifest.digest,
    parameters: manifest.parameters.toLocaleString('en'),
    preprocessing: JSON.stringify(preprocessing),
    weights: `${checkpoint.format}, ${checkpoint.bytes.toLocaleString('en')} bytes, sha256 ${checkpoint.sha256}`,
    'converted from': origin && `${origin.file} (${origin.format}), sha256 ${origin.sha256}`,
    source: manifest.source,
    licence: manifest.license,
  };
  for (const [fact, value] of Object.entries(facts)) {
    if (value !== undefined) process.stdout.write(`${fact}: ${value}\n`);
  }
}

function receptiveField({ receptiveField: field }: Pick<HookPoint, 'receptiveField'>): string {
  return field ? `${field.size} px, every ${field.stride}` : 'whole input';
}

/** Reads the weights again, which verifies their sha256, and repeats the self-test. */
export async function checkModel(
  name: string,
  { json, images }: { json?: boolean; images?: string },
): Promise<ExitCode> {
  await startBackend();
  const { manifest } = await findModel(name);
  const tested = await check(name, { photographs: images === undefined ? undefined : photographsIn(images) });
  if (json) printJson(tested);
  else {
    printClasses(tested, manifest);
    if (tested.warnings.length === 0) process.stdout.write(`${name} is sound\n`);
  }
  for (const warning of tested.warnings) process.stderr.write(`warning: ${warning}\n`);
  return tested.warnings.length === 0 ? exitCodes.ok : exitCodes.failed;
}

function printClasses({ classes }: CheckedModel, { classes: names }: Manifest): void {
  if (!classes) return;
  printTable(
    ['PHOTOGRAPH', 'LIKELIEST CLASS', 'PROBABILITY'],
    classes.predictions.map((prediction, index) => [
      prediction.photograph ?? String(index),
      names?.[prediction.class] ?? String(prediction.class),
      prediction.probability.toFixed(3),
    ]),
  );
  if (classes.top1 === undefined || classes.top5 === undefined) return;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  process.stdout.write(
    `${classes.images} photographs: top-1 ${percent(classes.top1)}, top-5 ${percent(classes.top5)}\n`,
  );
}

export async function removeModel(name: string): Promise<ExitCode> {
  await removeRegistered(name);
  process.stdout.write(`${name} is removed from this machine\n`);
  return exitCodes.ok;
}
