import type { Routes } from '../../http/routes.ts';
import { readAnnotations, readTags, requireSubject } from './annotations.ts';
import { changeComment, readComments, removeComment, writeComment } from './comments.ts';
import {
  createComment,
  deleteComment,
  deleteTag,
  getAnnotations,
  listAnnotations,
  listComments,
  listTags,
  putComment,
  putNote,
  putTag,
} from './contract.ts';
import { writeNote } from './notes.ts';
import { searchTexts } from './search.ts';

export const annotationRoutes: Routes = async (app, services) => {
  const { db, owner } = services;
  const { teamId, createdById } = owner;

  app.route({
    ...getAnnotations,
    handler: async (request) => {
      const { subject } = request.params;
      await requireSubject(db, subject);
      return readAnnotations(db, teamId, subject);
    },
  });

  app.route({ ...listAnnotations, handler: (request) => searchTexts(services, request.query) });

  app.route({
    ...putNote,
    handler: async (request) => {
      const { subject } = request.params;
      await requireSubject(db, subject);
      return writeNote(services, subject, request.body);
    },
  });

  app.route({
    ...putTag,
    handler: async (request) => {
      const { subject, name } = request.params;
      await requireSubject(db, subject);
      await db.tag.createMany({ data: { teamId, subject, name, createdById }, skipDuplicates: true });
      return { tags: await readTags(db, teamId, subject) };
    },
  });

  app.route({
    ...deleteTag,
    handler: async (request) => {
      const { subject, name } = request.params;
      await db.tag.deleteMany({ where: { teamId, subject, name } });
      return { tags: await readTags(db, teamId, subject) };
    },
  });

  app.route({
    ...listTags,
    handler: async (request) => {
      const { search, limit } = request.query;
      const rows = await db.tag.groupBy({
        by: ['name'],
        where: { teamId, ...(search !== undefined && { name: { contains: search, mode: 'insensitive' } }) },
        _count: { name: true },
        orderBy: [{ _count: { name: 'desc' } }, { name: 'asc' }],
        take: limit,
      });
      return { items: rows.map(({ name, _count }) => ({ name, count: _count.name })) };
    },
  });

  app.route({
    ...listComments,
    handler: async (request) => {
      const { subject } = request.params;
      await requireSubject(db, subject);
      return readComments(services, subject, request.query);
    },
  });

  app.route({
    ...createComment,
    handler: async (request, reply) => {
      const { subject } = request.params;
      await requireSubject(db, subject);
      return reply.code(201).send(await writeComment(services, subject, request.body.body));
    },
  });

  app.route({
    ...putComment,
    handler: (request) => changeComment(services, request.params.id, request.body.body),
  });

  app.route({
    ...deleteComment,
    handler: async (request, reply) => {
      await removeComment(services, request.params.id);
      return reply.code(204).send();
    },
  });
};
