export { createTestDatabase, migrate, type TestDatabase } from './database.ts';
export { testManifest, testWeights } from './model.ts';
export { openTestPlatform } from './platform.ts';
