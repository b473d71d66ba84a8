import { PlatformError, type Owner } from '@fovea/platform';
import type { Services } from '../../services.ts';
import { RequestError } from '../../http/problem.ts';

const withAuthor = { author: { select: { id: true, name: true } } } as const;

/** Ids are UUIDs of version 7, so their order is that of writing, and the last id of a page is its cursor. */
export async function readComments(
  { db, owner }: Services,
  subject: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const found = await db.comment.findMany({
    where: { teamId: owner.teamId, subject, ...(cursor !== undefined && { id: { gt: cursor } }) },
    include: withAuthor,
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  const items = found.slice(0, limit).map((row) => present(row, owner));
  return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
}

export async function writeComment({ db, owner }: Services, subject: string, body: string) {
  const data = { teamId: owner.teamId, subject, body, authorId: owner.createdById };
  return present(await db.comment.create({ data, include: withAuthor }), owner);
}

export async function changeComment(services: Services, id: string, body: string) {
  const { db, owner } = services;
  await requireOwnComment(services, id);
  const data = { body, editedAt: new Date() };
  return present(await db.comment.update({ where: { id }, data, include: withAuthor }), owner);
}

export async function removeComment(services: Services, id: string): Promise<void> {
  await requireOwnComment(services, id);
  await services.db.comment.deleteMany({ where: { id } });
}

async function requireOwnComment({ db, owner }: Services, id: string): Promise<void> {
  const comment = await db.comment.findFirst({
    where: { id, teamId: owner.teamId },
    include: withAuthor,
  });
  if (!comment) throw new PlatformError('NOT_FOUND', `There is no comment ${id}`, { id });
  if (comment.authorId !== owner.createdById)
    throw new RequestError(
      403,
      'COMMENT_NOT_OWN',
      `${comment.author.name} wrote this comment: only they may change it`,
    );
}

interface CommentRow {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly author: { readonly id: string; readonly name: string };
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}

const present = ({ id, subject, body, author, createdAt, editedAt }: CommentRow, owner: Owner) => ({
  id,
  subject,
  body,
  author,
  own: author.id === owner.createdById,
  createdAt: createdAt.toISOString(),
  editedAt: editedAt?.toISOString() ?? null,
});
