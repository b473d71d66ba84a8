import type { Database } from '../database.ts';
import { alone } from '../lock.ts';

/** Whom a run belongs to. */
export interface Owner {
  readonly teamId: string;
  readonly createdById: string;
}

const localUser = { email: 'local@fovea.invalid', name: 'Local user' };
const localTeam = { slug: 'local', name: 'Local team' };

/** Whoever uses an installation without accounts. Safe to repeat, and from several processes at once. */
export const ensureLocalOwner = (db: Database): Promise<Owner> =>
  alone(db, 'local owner', async ({ user, team, membership }) => {
    const { email } = localUser;
    const { id: userId } = await user.upsert({ where: { email }, create: localUser, update: {} });
    const { slug } = localTeam;
    const { id: teamId } = await team.upsert({ where: { slug }, create: localTeam, update: {} });
    await membership.upsert({
      where: { userId_teamId: { userId, teamId } },
      create: { userId, teamId, role: 'owner' },
      update: {},
    });
    return { teamId, createdById: userId };
  });
