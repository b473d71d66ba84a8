export type * from './dataset.ts';
export { checkIndex } from './check-index.ts';
export * from './errors.ts';
export * from './generators.ts';
export * from './manifest.ts';
export { openDataset, type DatasetFiles } from './open-dataset.ts';
export {
  proceduralImages,
  type ProceduralImages,
  type ProceduralSplit,
} from './procedural/procedural-images.ts';
export * from './registry.ts';
