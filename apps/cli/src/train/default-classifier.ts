/** What is trained by `fovea train default`, and on what; every thread must agree on it. */
import { proceduralImages, type ProceduralImages } from '@fovea/data';
import type { Classifier } from '@fovea/interp';
import { findArchitecture, networkOf } from '@fovea/models';

export const LABEL_SMOOTHING = 0.05;

export const trainingImages = (): ProceduralImages => proceduralImages(0);

export function defaultClassifier(): Classifier {
  const [variant] = findArchitecture('fovea_mini').variants;
  const network = networkOf(variant);
  const classes = network.hookPoints.at(-1)!.channels;
  return { network, preprocessing: variant.preprocessing, classes };
}
