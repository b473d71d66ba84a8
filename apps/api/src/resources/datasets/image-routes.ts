import { checkSplit, inputPicture, isDigest, openImage, thumbnail, type DatasetImage } from '@fovea/data';
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
      const opened = await openDataset(request.params.dataset);
      const { dataset } = opened;
      const { split = Object.keys(dataset.splits)[0]!, cursor } = request.query;
      const { indices, total } = pageOf(opened, split, request.query);
      const next = cursor + indices.length;
      return {
        items: indices.map((index) => presentImage(dataset, split, index)),
        total,
        nextCursor: next < total ? String(next) : null,
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

/** Indices of some images of a split, or of a class in it, and how many there are in all. */
function pageOf(
  { dataset, ofClass }: OpenedDataset,
  split: string,
  { cursor, limit, label }: { cursor: number; limit: number; label?: number },
): { indices: number[]; total: number } {
  checkSplit(dataset, split);
  if (label !== undefined) {
    const images = ofClass(split, label);
    return { indices: [...images.subarray(cursor, cursor + limit)], total: images.length };
  }
  const total = dataset.splits[split]!;
  const length = Math.max(0, Math.min(limit, total - cursor));
  return { indices: Array.from({ length }, (_, place) => cursor + place), total };
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
