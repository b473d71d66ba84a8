/** Builds the dashboard once, before the tests that open it. */
import { dismissGuardian } from '../scripts/services/child.ts';
import { buildDashboard } from '../scripts/system/dashboard.ts';
import { home } from '../scripts/system/paths.ts';

export async function setup(): Promise<() => Promise<void>> {
  await buildDashboard(home, (line) => console.error(line));
  return dismissGuardian;
}
