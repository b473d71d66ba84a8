/** `npm test`: everything that the tests need, then all of them, or those that the arguments choose. */
import { parseCLI, startVitest, type TestCase } from 'vitest/node';
import { buildDashboard } from '../system/dashboard.ts';
import { home, root } from '../system/paths.ts';
import { dismissGuardian } from '../services/child.ts';
import { provideChromium } from './chromium.ts';

const say = (line: string) => process.stderr.write(`fovea: ${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  if (needsDashboard(filter)) {
    await provideChromium(home, say);
    await buildDashboard(home, say);
  }
  const vitest = await startVitest(filter, { ...options, root, watch: false });
  await vitest.close();

  const modules = vitest.state.getTestModules();
  const states = modules.flatMap((module) => [...module.children.allTests()].map(stateOf));
  // A file that does not even load has no tests, and an error outside of any test belongs to none.
  const broken = modules.filter((module) => module.state() === 'failed' && module.children.size === 0).length;
  const failed = count(states, 'failed') + broken + vitest.state.getUnhandledErrors().length;
  const skipped = count(states, 'skipped') + count(states, 'pending');
  process.stdout.write(`${count(states, 'passed')} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed > 0 || states.length === 0 ? 1 : 0;
}

/** Without arguments, the dashboard's tests are among the rest. */
function needsDashboard(filter: readonly string[]): boolean {
  return filter.length === 0 || filter.some((path) => path.includes('apps/web') || 'apps/web'.includes(path));
}

function stateOf(test: TestCase): string {
  return test.result().state;
}

function count(states: readonly string[], wanted: string): number {
  return states.filter((state) => state === wanted).length;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say((error as Error).message);
  process.exitCode = 1;
} finally {
  await dismissGuardian();
}
process.exit();
