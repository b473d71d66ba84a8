import type { HookPoint } from '@fovea/models';

/** About how far transforms move a picture, in pixels. */
const moved = 16;

/**
 * Side of the central square that a thumbnail shows: of a neuron's picture no more than what the neuron may see, since
 * beyond it there is nothing but the noise of the start; all of any other picture.
 */
export function thumbnailSide(
  objective: 'neuron' | 'channel',
  receptiveField: HookPoint['receptiveField'],
  [, height, width]: readonly [number, number, number, number],
): number {
  const whole = Math.min(height, width);
  if (objective === 'channel' || !receptiveField) return whole;
  return Math.min(whole, receptiveField.size + 2 * receptiveField.stride + moved);
}
