import type { RawImage } from '@fovea/data';
import type { HookedModel } from '@fovea/models';
import type { TestStimuli } from './stimuli.ts';

/** [batch, height, width, channels] in [0, 1], batch after batch; the last is filled up with zeros. */
export async function* stimulusBatches(
  { set, split, parameters }: TestStimuli,
  { preprocessing, inputs }: HookedModel,
  { from, batch }: { readonly from: number; readonly batch: number },
): AsyncGenerator<Float32Array> {
  const channels = inputs[0]!.shape.at(-1)!;
  const size = preprocessing.height * preprocessing.width * channels;
  for (let start = from; start < parameters.length; start += batch) {
    const pixels = new Float32Array(batch * size);
    for (let index = start; index < Math.min(start + batch, parameters.length); index++) {
      const image = await set.image(split, index);
      fill(pixels.subarray((index - start) * size, (index - start + 1) * size), image as RawImage, channels);
    }
    yield pixels;
  }
}

/** A network of one channel is shown the mean of the colours. */
function fill(into: Float32Array, { pixels, channels: given }: RawImage, channels: number): void {
  if (given === channels) {
    for (let at = 0; at < into.length; at++) into[at] = pixels[at]! / 255;
    return;
  }
  for (let pixel = 0; pixel < into.length / channels; pixel++) {
    let sum = 0;
    for (let channel = 0; channel < given; channel++) sum += pixels[pixel * given + channel]!;
    into.fill(sum / given / 255, pixel * channels, (pixel + 1) * channels);
  }
}
