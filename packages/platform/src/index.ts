export * from './config.ts';
export * from './database.ts';
export * from './errors.ts';
