import type { Services } from '../../services.ts';
import { RequestError } from '../../http/problem.ts';

interface Wanted {
  readonly search: string;
  readonly subject?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface FoundText {
  readonly subject: string;
  readonly where: 'note' | 'comment';
  readonly body: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly writtenAt: Date;
}

/** Notes and comments that hold the text, the newest first. Trigram indexes find them. */
export async function searchTexts({ db, owner }: Services, { search, subject = '', limit, cursor }: Wanted) {
  const offset = offsetOf(cursor);
  const like = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const [pattern, prefix] = [`%${like(search)}%`, `${like(subject)}%`];
  const rows = await db.$queryRaw<FoundText[]>`
    SELECT text.*, "User".name AS "authorName" FROM (
      SELECT subject, 'note' AS where, body, "updatedById" AS "authorId", "updatedAt" AS "writtenAt"
      FROM "Note" WHERE "teamId" = ${owner.teamId}::uuid AND body ILIKE ${pattern} AND subject LIKE ${prefix}
      UNION ALL
      SELECT subject, 'comment', body, "authorId", coalesce("editedAt", "createdAt")
      FROM "Comment" WHERE "teamId" = ${owner.teamId}::uuid AND body ILIKE ${pattern} AND subject LIKE ${prefix}
    ) AS text
    JOIN "User" ON "User".id = text."authorId"
    ORDER BY "writtenAt" DESC, subject
    LIMIT ${limit + 1} OFFSET ${offset}`;
  const items = rows.slice(0, limit).map(({ authorId, authorName, writtenAt, ...text }) => ({
    ...text,
    author: { id: authorId, name: authorName },
    writtenAt: writtenAt.toISOString(),
  }));
  return { items, nextCursor: rows.length > limit ? String(offset + limit) : null };
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  const detail = 'is not the nextCursor of a page of texts';
  throw new RequestError(400, 'CURSOR_INVALID', `cursor ${detail}`, [
    { in: 'query', pointer: '/cursor', detail },
  ]);
}
