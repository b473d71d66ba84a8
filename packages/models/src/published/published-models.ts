import { huggingFaceModels } from './hugging-face.ts';
import { openaiModels } from './openai.ts';
import type { PublishedModel } from './published-model.ts';
import { UnknownPublishedModelError } from './pull-errors.ts';
import { tensorflowModels } from './tensorflow.ts';
import { torchvisionModels } from './torchvision.ts';

export const publishedModels: readonly PublishedModel[] = [
  ...tensorflowModels,
  ...torchvisionModels,
  ...openaiModels,
  ...huggingFaceModels,
];

/** @throws UnknownPublishedModelError */
export function findPublishedModel(name: string): PublishedModel {
  const found = publishedModels.find((model) => model.name === name);
  if (!found) {
    throw new UnknownPublishedModelError(
      name,
      publishedModels.map((model) => model.name),
    );
  }
  return found;
}
