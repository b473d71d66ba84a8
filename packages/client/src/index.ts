export * from './client.ts';
export * from './follow-run.ts';
export type * from './generated/openapi.ts';
