import type { Database } from '../database.ts';

/** Whoever uses an installation without accounts. */
export interface Identity {
  readonly userId: string;
  readonly teamId: string;
}

const localUser = { email: 'local@fovea.invalid', name: 'Local user' };
const localTeam = { slug: 'local', name: 'Local team' };

/** Safe to repeat, and from several processes at once. */
export async function ensureLocalIdentity(db: Database): Promise<Identity> {
  const user = await db.user.upsert({ where: { email: localUser.email }, create: localUser, update: {} });
  const team = await db.team.upsert({ where: { slug: localTeam.slug }, create: localTeam, update: {} });
  const membership = { userId: user.id, teamId: team.id };
  await db.membership.upsert({
    where: { userId_teamId: membership },
    create: { ...membership, role: 'owner' },
    update: {},
  });
  return membership;
}
