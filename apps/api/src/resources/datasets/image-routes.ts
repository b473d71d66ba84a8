import { inputPicture, isDigest, openImage, thumbnail, type DatasetImage } from '@fovea/data';
import type { Manifest } from '@fovea/models';
import { findModel, type OpenedDataset } from '@fovea/platform';
import type { FastifyReply } from 'fastify';
import type { Routes } from '../../http/routes.ts';
import {
  getDatasetImage,
  getDatasetImageFile,
  getDatasetImageInput,
  getDatasetImageThumbnail,
  listDatasetClasses,
  listDatasetImages,
} from './contract.ts';
import { presentImage } from './present.ts';

export const datasetImageRoutes: Routes = async (app, { db, openDataset }) => {
  app.route({
    ...listDatasetClasses,
    handler: async (request) => ({ items: classesOf(await openDataset(request.params.dataset)) }),
  });

  app.route({
    ...listDatasetImages,
    handler: async (request) => {
      const { cursor, limit, label } = request.query;
      const opened = await openDataset(request.params.dataset);
      const { dataset } = opened;
      const split = request.query.split ?? Object.keys(dataset.splits)[0]!;
      const indices = matching(opened, split, label);
      const page = Array.from(indices.subarray(cursor, cursor + limit));
      const next = cursor + limit;
      return {
        items: page.map((index) => presentImage(dataset, split, index)),
        total: indices.length,
        nextCursor: next < indices.length ? String(next) : null,
      };
    },
  });

  app.route({
    ...getDatasetImage,
    handler: async (request) => {
      const { split, index } = request.params;
      return presentImage((await openDataset(request.params.dataset)).dataset, split, index);
    },
  });

  app.route({
    ...getDatasetImageFile,
    handler: async (request, reply) => {
      const image = await imageAt(request.params);
      const { bytes, mediaType } = await fileOf(image);
      return describe(reply, request.params.dataset, mediaType).send(bytes);
    },
  });

  app.route({
    ...getDatasetImageThumbnail,
    handler: async (request, reply) => {
      const bytes = await thumbnail(await imageAt(request.params), request.query.side);
      return describe(reply, request.params.dataset, 'image/webp').send(bytes);
    },
  });

  app.route({
    ...getDatasetImageInput,
    handler: async (request, reply) => {
      const { manifest } = await findModel(db, request.query.model);
      const image = await imageAt(request.params);
      const bytes = await inputPicture(image, (manifest as Manifest).preprocessing);
      // A model's name may mean another one tomorrow.
      return describe(reply, request.query.model, 'image/png').send(bytes);
    },
  });

  async function imageAt({ dataset, split, index }: { dataset: string; split: string; index: number }) {
    return (await openDataset(dataset)).dataset.image(split, index);
  }
};

/** Indices of the images of a split, or of a class in it. */
function matching({ dataset, labels }: OpenedDataset, split: string, label: number | undefined): Int32Array {
  if (dataset.splits[split] !== 0) dataset.entry(split, 0);
  const all = Int32Array.from(labels(split), (_, index) => index);
  if (label === undefined) return all;
  const wanted = labels(split);
  return all.filter((index) => wanted[index] === label);
}

function classesOf({ dataset, labels }: OpenedDataset) {
  const counts = [...dataset.classes.keys(), -1].map((label) => ({
    label,
    images: {} as Record<string, number>,
  }));
  for (const split of Object.keys(dataset.splits)) {
    const sizes = new Int32Array(dataset.classes.length + 1);
    for (const label of labels(split)) sizes[label < 0 ? dataset.classes.length : label]! += 1;
    for (const [row, size] of sizes.entries()) counts[row]!.images[split] = size;
  }
  return counts
    .filter(({ label, images }) => label >= 0 || Object.values(images).some((size) => size > 0))
    .map(({ label, images }) => ({
      label: label < 0 ? null : label,
      class: label < 0 ? null : dataset.classes[label]!,
      images,
    }));
}

async function fileOf(image: DatasetImage): Promise<{ bytes: Uint8Array; mediaType: string }> {
  if (image.encoding === 'file') return image;
  return { bytes: await openImage(image).png().toBuffer(), mediaType: 'image/png' };
}

/** What a digest names never changes. The images came from outside: a browser must not guess what they are. */
const describe = (reply: FastifyReply, name: string, mediaType: string): FastifyReply =>
  reply
    .type(mediaType)
    .header('cache-control', isDigest(name) ? 'private, max-age=31536000, immutable' : 'private, no-cache')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'");
