/** All that is known of a unit as one zip file, written as it is sent. */
import { Readable } from 'node:stream';
import { inputPicture, type InputGeometry } from '@fovea/data';
import type { FoundLayer } from '@fovea/platform';
import { ZipFile } from 'yazl';
import type { Services } from '../../services.ts';
import { tableNames } from './contract.ts';
import { readExamples, type UnitExample } from './examples.ts';
import { pictureRows } from './pictures.ts';
import { provenanceOf } from './provenance.ts';
import { tableOf } from './tables.ts';
import { readUnit } from './unit.ts';

/** Pictures are compressed already. */
const stored = { compress: false };

export async function unitArchive(
  services: Services,
  found: FoundLayer,
  channel: number,
): Promise<NodeJS.ReadableStream> {
  const { db, owner, store } = services;
  const place = { teamId: owner.teamId, modelId: found.model.id, layer: found.layer.name, channel };
  const pictures = (await pictureRows(db, place)).map((row) => ({ ...row, file: fileOf(row) }));
  const files = new Map(pictures.map(({ artifact, file }) => [artifact.key, file]));
  // Links lead to the files beside the text.
  const unit = await readUnit(services, found, channel, async (key) => files.get(key) ?? '');
  const examples = await readExamples(services, found, channel);

  const zip = new ZipFile();
  const text = (path: string, content: string) => zip.addBuffer(Buffer.from(content), path);
  const json = (path: string, content: unknown) => text(path, `${JSON.stringify(content, null, 2)}\n`);
  json('unit.json', { ...unit, thumbnails: undefined });
  json('provenance.json', await provenanceOf(services, unit));
  for (const name of tableNames) text(`${name}.csv`, tableOf(name, { unit, examples }));
  if (unit.note) text('note.md', unit.note.body);
  for (const { file, artifact } of pictures)
    zip.addReadStreamLazy(file, stored, (give) => {
      store.get(artifact.key).then(
        ({ stream }) => give(null, stream),
        (error: unknown) => give(error, Readable.from([])),
      );
    });
  for (const [file, example] of exampleFiles(examples))
    zip.addReadStreamLazy(file, stored, (give) => {
      inputOf(services, found, example).then(
        (bytes) => give(null, Readable.from([bytes])),
        (error: unknown) => give(error, Readable.from([])),
      );
    });
  zip.end();
  return zip.outputStream;
}

type PictureRow = Awaited<ReturnType<typeof pictureRows>>[number];

/** `pictures/channel-positive-0.webp` */
function fileOf({ objective, sign, variant, restart, artifact }: PictureRow): string {
  const name = [objective, sign > 0 ? 'positive' : 'negative', variant, restart].filter(
    (part) => part !== '',
  );
  return `pictures/${name.join('-')}.${artifact.mediaType.split('/')[1]}`;
}

/** Images whose dataset is still there, each once. */
function exampleFiles(examples: readonly UnitExample[]): Map<string, UnitExample> {
  const there = examples.filter(({ id }) => id !== null);
  return new Map(
    there.map((example) => [`examples/${example.dataset}/${example.split}-${example.image}.png`, example]),
  );
}

/** The image as the network reads it. */
async function inputOf(
  { openDataset }: Services,
  { model }: FoundLayer,
  { subject, split, image }: UnitExample,
): Promise<Uint8Array> {
  const { dataset } = await openDataset(subject);
  return inputPicture(await dataset.image(split, image), model.preprocessing as unknown as InputGeometry);
}
