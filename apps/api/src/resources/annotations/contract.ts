import { z } from 'zod';
import { pageOf, pageQuery, problems, timestamp, type RouteContract } from '../../http/contract.ts';

export const annotationSubject = z
  .string()
  .min(1)
  .max(500)
  .describe('What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id}');

const markdown = z.string().max(100_000).describe('Markdown; shown without raw HTML');
const tagName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^/]+$/, 'must not hold a slash')
  .describe('Such as curve detector');
const author = z.object({ id: z.uuid(), name: z.string() });

export const noteSchema = z
  .object({
    subject: annotationSubject,
    body: markdown,
    version: z.int().describe('Raised by every change'),
    updatedBy: author,
    updatedAt: timestamp,
  })
  .meta({ id: 'Note' });

export const commentSchema = z
  .object({
    id: z.uuid(),
    subject: annotationSubject,
    body: markdown,
    author,
    own: z.boolean().describe('Whether whoever asks wrote it, and so may change it'),
    createdAt: timestamp,
    editedAt: timestamp.nullable(),
  })
  .meta({ id: 'Comment' });

const annotationsSchema = z
  .object({
    subject: annotationSubject,
    note: noteSchema.nullable(),
    tags: z.array(z.string()),
    comments: z.int().describe('How many there are'),
  })
  .meta({ id: 'Annotations' });

const tagsSchema = z.object({ tags: z.array(z.string()) }).meta({ id: 'TagsOfSubject' });

const tagCountSchema = z
  .object({ name: z.string(), count: z.int().describe('Things that have the tag') })
  .meta({ id: 'TagCount' });

const foundTextSchema = z
  .object({
    subject: annotationSubject,
    where: z.enum(['note', 'comment']),
    body: markdown,
    author,
    writtenAt: timestamp,
  })
  .meta({ id: 'FoundText' });

const tags = ['annotations'];
const subjectParams = z.object({ subject: annotationSubject });
const tagParams = subjectParams.extend({ name: tagName });
const commentParams = z.object({ id: z.uuid() });
const commentBody = z.strictObject({ body: markdown.min(1) }).meta({ id: 'CommentRequest' });

export const getAnnotations = {
  method: 'GET',
  url: '/annotations/:subject',
  schema: {
    operationId: 'getAnnotations',
    tags,
    summary: 'Get the note and the tags of something, and the number of its comments',
    params: subjectParams,
    response: { 200: annotationsSchema, ...problems },
  },
} as const satisfies RouteContract;

export const putNote = {
  method: 'PUT',
  url: '/annotations/:subject/note',
  schema: {
    operationId: 'putNote',
    tags,
    summary: 'Write the note of something',
    description:
      'Answers 409 NOTE_CHANGED where the note has another version by now than the text was written on; ' +
      'the problem tells who changed it.',
    params: subjectParams,
    body: z
      .strictObject({
        body: markdown,
        version: z.int().min(0).describe('That the text was written on; 0 where there was no note'),
      })
      .meta({ id: 'NoteRequest' }),
    response: { 200: noteSchema, ...problems },
  },
} as const satisfies RouteContract;

export const putTag = {
  method: 'PUT',
  url: '/annotations/:subject/tags/:name',
  schema: {
    operationId: 'putTag',
    tags,
    summary: 'Tag something; answers with all of its tags',
    params: tagParams,
    response: { 200: tagsSchema, ...problems },
  },
} as const satisfies RouteContract;

export const deleteTag = {
  method: 'DELETE',
  url: '/annotations/:subject/tags/:name',
  schema: {
    operationId: 'deleteTag',
    tags,
    summary: 'Take a tag away; answers with those that are left',
    params: tagParams,
    response: { 200: tagsSchema, ...problems },
  },
} as const satisfies RouteContract;

export const listTags = {
  method: 'GET',
  url: '/tags',
  schema: {
    operationId: 'listTags',
    tags,
    summary: 'List the tags that are in use, the most used first',
    querystring: z.strictObject({
      search: z.string().max(60).optional().describe('Part of the name'),
      limit: pageQuery.limit,
    }),
    response: { 200: z.object({ items: z.array(tagCountSchema) }).meta({ id: 'TagList' }), ...problems },
  },
} as const satisfies RouteContract;

export const listComments = {
  method: 'GET',
  url: '/annotations/:subject/comments',
  schema: {
    operationId: 'listComments',
    tags,
    summary: 'List the comments on something, the oldest first',
    params: subjectParams,
    querystring: z.strictObject({
      ...pageQuery,
      cursor: z.uuid().optional().describe('nextCursor of the page before'),
    }),
    response: { 200: pageOf('CommentPage', commentSchema), ...problems },
  },
} as const satisfies RouteContract;

export const createComment = {
  method: 'POST',
  url: '/annotations/:subject/comments',
  schema: {
    operationId: 'createComment',
    tags,
    summary: 'Comment on something',
    params: subjectParams,
    body: commentBody,
    response: { 201: commentSchema, ...problems },
  },
} as const satisfies RouteContract;

export const putComment = {
  method: 'PUT',
  url: '/comments/:id',
  schema: {
    operationId: 'putComment',
    tags,
    summary: 'Change a comment of one’s own',
    params: commentParams,
    body: commentBody,
    response: { 200: commentSchema, ...problems },
  },
} as const satisfies RouteContract;

export const deleteComment = {
  method: 'DELETE',
  url: '/comments/:id',
  schema: {
    operationId: 'deleteComment',
    tags,
    summary: 'Delete a comment of one’s own',
    params: commentParams,
    response: { 204: z.void(), ...problems },
  },
} as const satisfies RouteContract;

export const listAnnotations = {
  method: 'GET',
  url: '/annotations',
  schema: {
    operationId: 'listAnnotations',
    tags,
    summary: 'Search the texts of notes and comments, the newest first',
    querystring: z.strictObject({
      search: z.string().min(1).max(200).describe('Part of the text'),
      subject: z.string().max(500).optional().describe('How the subject begins, such as unit/inception_v3/'),
      ...pageQuery,
    }),
    response: { 200: pageOf('FoundTextPage', foundTextSchema), ...problems },
  },
} as const satisfies RouteContract;
