import type { Database } from '../database.ts';

/** Whom a run belongs to. */
export interface Owner {
  readonly teamId: string;
  readonly createdById: string;
}

const localUser = { email: 'local@fovea.invalid', name: 'Local user' };
const localTeam = { slug: 'local', name: 'Local team' };

/** Whoever uses an installation without accounts. Safe to repeat, and from several processes at once. */
export async function ensureLocalOwner(db: Database): Promise<Owner> {
  const user = await db.user.upsert({ where: { email: localUser.email }, create: localUser, update: {} });
  const team = await db.team.upsert({ where: { slug: localTeam.slug }, create: localTeam, update: {} });
  const membership = { userId: user.id, teamId: team.id };
  await db.membership.upsert({
    where: { userId_teamId: membership },
    create: { ...membership, role: 'owner' },
    update: {},
  });
  return { teamId: team.id, createdById: user.id };
}
