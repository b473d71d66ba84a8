/** `fovea dataset …`: the datasets of this machine. */
import {
  findDataset,
  imageCount,
  listDatasetNames,
  openDataset,
  orderedSplits,
  removeDataset as removeRegistered,
  type Dataset,
  type DatasetManifest,
} from '@fovea/data';
import { foveaHome } from '@fovea/models';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson, printTable } from '../table.ts';

export async function listDatasets({ json }: { json?: boolean }): Promise<ExitCode> {
  const home = foveaHome();
  const names = await listDatasetNames(home);
  const manifests = await Promise.all(names.map(async (name) => (await findDataset(name, home)).manifest));
  if (json) printJson(manifests);
  else
    printTable(
      ['NAME', 'KIND', 'IMAGES', 'SPLITS', 'CLASSES', 'SIZE', 'LICENCE', 'DIGEST'],
      manifests.map((manifest) => [
        manifest.name,
        kindOf(manifest),
        imageCount(manifest).toLocaleString('en'),
        splitsOf(manifest),
        String(manifest.classes.length),
        sizeOf(manifest),
        manifest.license ?? '',
        manifest.digest.slice(0, 12),
      ]),
    );
  return exitCodes.ok;
}

export async function showDataset(name: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const { manifest, files } = await findDataset(name, foveaHome());
  if (json) {
    printJson(manifest);
    return exitCodes.ok;
  }
  printFacts(manifest);
  const dataset = await openDataset(manifest, files);
  printClasses(dataset);
  await dataset.close();
  printProblems(manifest);
  return exitCodes.ok;
}

function printFacts(manifest: DatasetManifest): void {
  const { content, duplicates } = manifest;
  const facts = {
    kind: kindOf(manifest),
    digest: manifest.digest,
    images: imageCount(manifest).toLocaleString('en'),
    splits: splitsOf(manifest),
    size: sizeOf(manifest),
    bytes: manifest.bytes > 0 ? manifest.bytes.toLocaleString('en') : undefined,
    columns:
      manifest.columns.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)).join(', ') || undefined,
    'imported from': content.type === 'stored' ? content.container : undefined,
    duplicates: duplicates.count > 0 ? duplicates.count.toLocaleString('en') : undefined,
    description: manifest.description,
    source: manifest.source,
    licence: manifest.license ?? 'not stated',
  };
  for (const [fact, value] of Object.entries(facts))
    if (value !== undefined) process.stdout.write(`${fact}: ${value}\n`);
}

function printClasses(dataset: Dataset): void {
  if (dataset.classes.length === 0) return;
  const splits = Object.keys(dataset.splits);
  const counts = splits.map((split) => {
    const sizes = Array<number>(dataset.classes.length).fill(0);
    for (let index = 0; index < dataset.splits[split]!; index++) {
      const { label } = dataset.entry(split, index);
      if (label !== null) sizes[label]! += 1;
    }
    return sizes;
  });
  const present = [...dataset.classes.entries()].filter(([label]) =>
    counts.some((sizes) => sizes[label]! > 0),
  );
  printTable(
    ['LABEL', 'CLASS', ...splits.map((split) => split.toUpperCase())],
    present.map(([label, name]) => [String(label), name, ...counts.map((sizes) => String(sizes[label]))]),
  );
}

/** On stderr: what was left out must be seen also where the output is read by a program. */
export function printProblems({ problems }: DatasetManifest): void {
  if (problems.length === 0) return;
  const what = problems.length === 1 ? '1 file was' : `${problems.length.toLocaleString('en')} files were`;
  process.stderr.write(`warning: ${what} left out\n`);
  for (const { file, reason, message } of problems)
    process.stderr.write(`  ${file}: ${reason}, ${message}\n`);
}

export async function removeDataset(name: string): Promise<ExitCode> {
  await removeRegistered(name, foveaHome());
  process.stdout.write(`${name} is removed from this machine\n`);
  return exitCodes.ok;
}

const kindOf = ({ content }: DatasetManifest) => (content.type === 'stored' ? content.layout : content.type);

const splitsOf = ({ splits }: DatasetManifest) =>
  orderedSplits(splits)
    .map(([split, size]) => `${split} ${size.toLocaleString('en')}`)
    .join(', ');

const sizeOf = ({ imageSize }: DatasetManifest) =>
  imageSize ? `${imageSize.height}×${imageSize.width}` : 'various';
