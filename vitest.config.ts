import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 60_000, hookTimeout: 120_000 };

/** `core` needs nothing but the processor; `server` gets a Postgres and a Redis of its own for each run. */
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
          ],
          ...shared,
        },
      },
      {
        test: {
          name: 'server',
          include: ['{packages/platform,apps/*,prisma,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/.next/**'],
          globalSetup: './tests/services.ts',
          ...shared,
        },
      },
    ],
  },
});
