import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 60_000, hookTimeout: 120_000 };

/**
 * `core` needs nothing but the processor; `server` gets a Postgres and a Redis of its own for each run; `browser`
 * gets a build of the dashboard besides, and its files take turns, since each starts the whole system.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'core',
          include: [
            'packages/{tensor,data,models,interp,experiments,client}/**/*.test.ts',
            'tests/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          ...shared,
        },
      },
      {
        test: {
          name: 'server',
          include: ['{packages/platform,apps/*,prisma,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/.next/**', 'apps/web/tests/**'],
          globalSetup: './tests/services.ts',
          ...shared,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['apps/web/tests/**/*.test.ts'],
          globalSetup: ['./tests/services.ts', './tests/dashboard.ts'],
          fileParallelism: false,
          ...shared,
        },
      },
    ],
  },
});
