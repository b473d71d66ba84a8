import type { Services } from '../../services.ts';
import { RequestError } from '../../http/problem.ts';
import { presentNote } from './annotations.ts';

const author = { select: { id: true, name: true } } as const;

/** Throws NOTE_CHANGED where the note is not of the version that the text was written on. */
export async function writeNote(
  { db, owner }: Services,
  subject: string,
  { body, version }: { body: string; version: number },
) {
  const key = { teamId: owner.teamId, subject };
  const content = { body, updatedById: owner.createdById };
  const { count } =
    version === 0
      ? await db.note.createMany({ data: { ...key, ...content }, skipDuplicates: true })
      : await db.note.updateMany({ where: { ...key, version }, data: { ...content, version: version + 1 } });
  const note = await db.note.findUnique({ where: { teamId_subject: key }, include: { updatedBy: author } });
  if (count > 0 && note) return presentNote(note);
  throw new RequestError(
    409,
    'NOTE_CHANGED',
    note
      ? `${note.updatedBy.name} has changed the note since: it has version ${note.version}, and the text was written on ${version}`
      : `There is no note yet, so the text cannot have been written on version ${version}: send 0`,
  );
}
