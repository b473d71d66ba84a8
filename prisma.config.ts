import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma would download a native engine; ours comes with the npm packages. An installed one wins.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= fileURLToPath(
  new URL('prisma/schema-engine.mjs', import.meta.url),
);

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
