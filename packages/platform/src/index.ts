export * from './code-version.ts';
export * from './config.ts';
export * from './database.ts';
export * from './errors.ts';
export { advanceIndex, advanceIndexes } from './indexing/advance.ts';
export { cancelIndex, pauseIndex, resumeIndex } from './indexing/control.ts';
export { createIndex, previewIndex, type IndexPreview, type IndexRequest } from './indexing/create-index.ts';
export type { IndexEstimate } from './indexing/estimate.ts';
export { raiseInterest, type Interest } from './indexing/interest.ts';
export { layersOfInterest } from './indexing/layers-of-interest.ts';
export { openIndex, requireIndex } from './indexing/open-index.ts';
export { chosenLayers, picturesIn, planIndex, type IndexedModel, type PlannedRun } from './indexing/plan.ts';
export { indexProgress, type IndexProgress } from './indexing/progress.ts';
export * from './log.ts';
export * from './notifications.ts';
export * from './objects/filesystem.ts';
export * from './objects/object-store.ts';
export * from './objects/open-object-store.ts';
export * from './objects/s3.ts';
export * from './objects/signature.ts';
export * from './platform.ts';
export {
  openQueue,
  openQueueWorker,
  queueDepth,
  type QueueWorkerOptions,
  type RunJob,
  type RunQueue,
} from './queue.ts';
export * from './registry/datasets.ts';
export * from './registry/import-dataset.ts';
export * from './registry/open-datasets.ts';
export * from './registry/models.ts';
export * from './registry/owner.ts';
export * from './registry/seed.ts';
export * from './runs/cancel.ts';
export { latestCheckpoint } from './runs/checkpoints.ts';
export { claimRun, renewLease, type Claim, type ClaimedRun, type ClaimRequest } from './runs/claim.ts';
export * from './runs/create.ts';
export { listEvents, type EventPage } from './runs/event-log.ts';
export * from './runs/estimate.ts';
export * from './runs/find.ts';
export { completeRun, failRun, giveBackRun, markCancelled, recoverRun } from './runs/finish.ts';
export * from './runs/queue-position.ts';
export * from './runs/reconcile.ts';
export * from './runs/record-events.ts';
export * from './runs/retry.ts';
export * from './runs/settle-flows.ts';
export { requireShard } from './runs/shards.ts';
export * from './runs/run-hash.ts';
export * from './runs/sweep.ts';
export * from './runs/validate.ts';
export * from './units/find-layer.ts';
export * from './units/read-slice.ts';
export * from './units/subject.ts';
export * from './workers.ts';
/** Rows and filters as Prisma types them. */
export * from '../../../prisma/generated/client.ts';
