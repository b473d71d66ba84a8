import { PlatformError, parseUnitSubject, findLayer, requireUnit, type Database } from '@fovea/platform';
import { RequestError } from '../../http/problem.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws where there is nothing of that name to be written about. */
export async function requireSubject(db: Database, subject: string): Promise<void> {
  const unit = parseUnitSubject(subject);
  if (unit) return requireUnit(await findLayer(db, unit.model, unit.layer), unit.channel);
  const [type, id = ''] = subject.split('/');
  if ((type !== 'circuit' && type !== 'run') || !uuid.test(id) || subject !== `${type}/${id}`)
    throw new RequestError(
      400,
      'SUBJECT_INVALID',
      `${JSON.stringify(subject)} is no subject: write unit/{model}/{layer}/{channel}, circuit/{id} or run/{id}`,
    );
  const found =
    type === 'circuit' ? await db.circuit.count({ where: { id } }) : await db.run.count({ where: { id } });
  if (found === 0) throw new PlatformError('NOT_FOUND', `There is no ${type} ${id}`, { id });
}

/** What is written about something; nothing where it is not known. */
export async function readAnnotations(db: Database, teamId: string, subject: string) {
  const [note, tags, comments] = await Promise.all([
    db.note.findUnique({
      where: { teamId_subject: { teamId, subject } },
      include: { updatedBy: { select: { id: true, name: true } } },
    }),
    readTags(db, teamId, subject),
    db.comment.count({ where: { teamId, subject } }),
  ]);
  return { subject, note: note && presentNote(note), tags, comments };
}

export async function readTags(db: Database, teamId: string, subject: string): Promise<string[]> {
  const rows = await db.tag.findMany({
    where: { teamId, subject },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ name }) => name);
}

interface NoteRow {
  readonly subject: string;
  readonly body: string;
  readonly version: number;
  readonly updatedBy: { readonly id: string; readonly name: string };
  readonly updatedAt: Date;
}

export const presentNote = ({ subject, body, version, updatedBy, updatedAt }: NoteRow) => ({
  subject,
  body,
  version,
  updatedBy,
  updatedAt: updatedAt.toISOString(),
});
