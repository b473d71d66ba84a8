export type { ImageDataset, LabelledImage, Split } from './dataset.ts';
export { proceduralImages } from './procedural/procedural-images.ts';
