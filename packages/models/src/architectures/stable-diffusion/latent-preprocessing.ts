import type { Preprocessing } from '../../preprocessing.ts';

/** Latents are read as they are. */
export function latentPreprocessing(size: number, channels: number): Preprocessing {
  return {
    height: size,
    width: size,
    channelOrder: 'rgb',
    scale: 1,
    mean: Array.from({ length: channels }, () => 0),
    std: Array.from({ length: channels }, () => 1),
    crop: 1,
    interpolation: 'bilinear',
  };
}
