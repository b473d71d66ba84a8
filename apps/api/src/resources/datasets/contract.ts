import {
  columnSchema,
  datasetManifestSchema,
  datasetNameSchema,
  duplicatesSchema,
  problemSchema,
  stimulusSetSchema,
} from '@fovea/data';
import { z } from 'zod';
import {
  json,
  pageQuery,
  problems,
  raw,
  sha256,
  timestamp,
  type RouteContract,
} from '../../http/contract.ts';
import { uploadMediaType } from '../../http/upload.ts';

const facts = {
  id: z.uuid(),
  name: z.string(),
  digest: sha256.describe('sha256 over all that determines its images, labels and columns'),
  kind: z.string().describe('generated, images, index, cifar-10, cifar-100 or idx'),
  description: z.string().nullable(),
  license: z.string().nullable(),
  source: z.string().nullable().describe('Where the images come from'),
  classCount: z.int(),
  splits: z.record(z.string(), z.int()).describe('Number of images by split'),
  images: z.int().describe('In all splits'),
  bytes: z.int().describe('That the images take; 0 where they are drawn when asked for'),
  problemCount: z.int().describe('Files that were left out of the import'),
  shipped: z.boolean().describe('Comes with Fovea: it can be neither replaced nor removed'),
  createdAt: timestamp,
};

export const datasetSummarySchema = z.object(facts).meta({ id: 'DatasetSummary' });

export const datasetSchema = z
  .object({
    ...facts,
    classes: z.array(z.string()),
    columns: z.array(columnSchema).describe('What is known of each image besides its class'),
    imageSize: z
      .object({ height: z.int(), width: z.int() })
      .nullable()
      .describe('Of every image in pixels; null where they differ'),
    parameters: json.describe('What the images are drawn with'),
    problems: z.array(problemSchema.meta({ id: 'DatasetProblem' })),
    duplicates: duplicatesSchema.describe('Images that are there more than once, byte by byte'),
    runCount: z.int().describe('Runs that have read it'),
  })
  .meta({ id: 'Dataset' });

export const datasetImageSchema = z
  .object({
    split: z.string(),
    index: z.int().describe('Within the split'),
    id: z.string().describe('Path of the file, or what a generator calls the image'),
    label: z.int().nullable().describe('Index into the classes'),
    class: z.string().nullable(),
    height: z.int(),
    width: z.int(),
    columns: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    url: z.string().describe('Path of the image as it was given; never changes'),
    thumbnailUrl: z.string().describe('Path of a small copy; never changes'),
  })
  .meta({ id: 'DatasetImage' });

const tags = ['datasets'];

const dataset = z.string().min(1).max(100).describe('Its name, or the digest of a certain version');
const params = z.object({ dataset });
const imageParams = z.object({
  dataset,
  split: z.string().min(1).max(200),
  index: z.coerce.number().int().min(0),
});

export const listDatasets = {
  method: 'GET',
  url: '/datasets',
  schema: {
    operationId: 'listDatasets',
    tags,
    summary: 'List the datasets',
    response: {
      200: z.object({ items: z.array(datasetSummarySchema) }).meta({ id: 'DatasetList' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;

export const getDataset = {
  method: 'GET',
  url: '/datasets/:dataset',
  schema: {
    operationId: 'getDataset',
    tags,
    summary: 'Get a dataset',
    params,
    response: { 200: datasetSchema, ...problems },
  },
} as const satisfies RouteContract;

export const registerDataset = {
  method: 'POST',
  url: '/datasets',
  schema: {
    operationId: 'registerDataset',
    tags,
    summary: 'Register a dataset by its manifest',
    description: 'Its packs and its index must have been uploaded before. As `fovea dataset import` does.',
    body: datasetManifestSchema.meta({ id: 'DatasetManifest' }),
    response: { 200: datasetSchema, 201: datasetSchema, ...problems },
  },
} as const satisfies RouteContract;

const storedSchema = z.object({ sha256, bytes: z.int() }).meta({ id: 'StoredDatasetObject' });

export const putDatasetObject = {
  method: 'PUT',
  url: '/dataset-objects/:sha256',
  schema: {
    operationId: 'putDatasetObject',
    tags,
    summary: 'Upload a pack or the index of a dataset',
    description:
      'The body is the file, streamed; the upload is refused when its sha256 is not the one in the path, and answered with 200 when it is stored already.',
    params: z.object({ sha256 }),
    body: z.any().meta({ type: 'string', format: 'binary' }),
    consumes: [uploadMediaType],
    response: { 200: storedSchema, 201: storedSchema, ...problems },
  },
} as const satisfies RouteContract;

export const putDatasetArchive = {
  method: 'PUT',
  url: '/datasets/:dataset/archive',
  schema: {
    operationId: 'putDatasetArchive',
    tags,
    summary: 'Import the images of an archive',
    description:
      'The body is a zip or tar archive of images by class and split, of images with an index file, or of CIFAR or idx files, streamed. The answer comes when all images have been read; an archive that cannot be read leaves nothing behind.',
    params: z.object({ dataset: datasetNameSchema }),
    querystring: z.object({
      fileName: z.string().max(255).optional().describe('What the file is called'),
      license: z.string().max(200).optional(),
      source: z.string().max(500).optional().describe('Where the images come from'),
      description: z.string().max(2000).optional(),
      classFrom: z
        .enum(['folder', 'parent', 'none'])
        .default('folder')
        .describe('The folder below the split, the folder an image lies in, or no classes'),
    }),
    body: z.any().meta({ type: 'string', format: 'binary' }),
    consumes: [uploadMediaType],
    response: { 200: datasetSchema, 201: datasetSchema, ...problems },
  },
} as const satisfies RouteContract;

export const putStimulusSet = {
  method: 'PUT',
  url: '/datasets/:dataset/stimuli',
  schema: {
    operationId: 'putStimulusSet',
    tags,
    summary: 'Register a set of drawn stimuli as a dataset',
    description:
      'The images are every combination of the values given, drawn when asked for. Another set under the same name becomes what the name means.',
    params,
    body: stimulusSetSchema,
    response: { 200: datasetSchema, ...problems },
  },
} as const satisfies RouteContract;

export const removeDataset = {
  method: 'DELETE',
  url: '/datasets/:dataset',
  schema: {
    operationId: 'removeDataset',
    tags,
    summary: 'Remove a dataset that no run has read',
    params,
    response: { 204: z.null().describe('It is removed'), ...problems },
  },
} as const satisfies RouteContract;

export const listDatasetClasses = {
  method: 'GET',
  url: '/datasets/:dataset/classes',
  schema: {
    operationId: 'listDatasetClasses',
    tags,
    summary: 'Count the images of each class in each split',
    params,
    response: {
      200: z
        .object({
          items: z.array(
            z.object({
              label: z.int().nullable().describe('null: images without a class'),
              class: z.string().nullable(),
              images: z.record(z.string(), z.int()).describe('By split'),
            }),
          ),
        })
        .meta({ id: 'DatasetClassList' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;

export const listDatasetImages = {
  method: 'GET',
  url: '/datasets/:dataset/images',
  schema: {
    operationId: 'listDatasetImages',
    tags,
    summary: 'List the images of a split, in their order',
    params,
    querystring: z.object({
      ...pageQuery,
      cursor: z.coerce
        .number()
        .int()
        .min(0)
        .default(0)
        .describe('nextCursor of the page before, or any number of images to pass over'),
      split: z.string().max(200).optional().describe('Default: the first'),
      label: z.coerce.number().int().min(-1).optional().describe('Only of this class; −1: without a class'),
    }),
    response: {
      200: z
        .object({
          items: z.array(datasetImageSchema),
          total: z.int().describe('On all pages'),
          nextCursor: z.string().nullable().describe('null on the last page'),
        })
        .meta({ id: 'DatasetImagePage' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;

export const getDatasetImage = {
  method: 'GET',
  url: '/datasets/:dataset/images/:split/:index',
  schema: {
    operationId: 'getDatasetImage',
    tags,
    summary: 'Get what is known of an image',
    params: imageParams,
    response: { 200: datasetImageSchema, ...problems },
  },
} as const satisfies RouteContract;

export const getDatasetImageFile = {
  method: 'GET',
  url: '/datasets/:dataset/images/:split/:index/file',
  schema: {
    operationId: 'getDatasetImageFile',
    tags,
    summary: 'Get an image as it was given',
    description: 'Drawn images, and those that were no files, come as PNG.',
    params: imageParams,
    response: { 200: raw('image/*', 'The image'), ...problems },
  },
} as const satisfies RouteContract;

export const getDatasetImageThumbnail = {
  method: 'GET',
  url: '/datasets/:dataset/images/:split/:index/thumbnail',
  schema: {
    operationId: 'getDatasetImageThumbnail',
    tags,
    summary: 'Get a small copy of an image',
    params: imageParams,
    querystring: z.object({
      side: z.coerce.number().int().min(16).max(512).default(128).describe('Of its longer side, in pixels'),
    }),
    response: { 200: raw('image/webp', 'The thumbnail'), ...problems },
  },
} as const satisfies RouteContract;

export const getDatasetImageInput = {
  method: 'GET',
  url: '/datasets/:dataset/images/:split/:index/input',
  schema: {
    operationId: 'getDatasetImageInput',
    tags,
    summary: 'Get an image as a model sees it, resized and cropped',
    params: imageParams,
    querystring: z.object({ model: z.string().min(1).max(100).describe('Name of the model') }),
    response: { 200: raw('image/png', 'The picture'), ...problems },
  },
} as const satisfies RouteContract;
