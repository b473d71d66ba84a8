import type { Preprocessing } from '@fovea/client';
import { formatValue } from '../format/number.ts';

/** "[-1, 1]": the range that values in [0, 1] are mapped to, the commonest thing to get wrong. */
export function valueRange({ scale, mean, std }: Preprocessing): string {
  const lows = mean.map((value, channel) => -value / std[channel]!);
  const highs = mean.map((value, channel) => (scale - value) / std[channel]!);
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  return `[${formatValue(low)}, ${formatValue(high)}]`;
}

export function preprocessingText(preprocessing: Preprocessing): string {
  const { width, height } = preprocessing;
  return `${width} × ${height} px, ${channelsText(preprocessing)} in ${valueRange(preprocessing)}`;
}

/** Only three channels are colours. */
function channelsText({ mean, channelOrder }: Preprocessing): string {
  if (mean.length === 3) return channelOrder.toUpperCase();
  return mean.length === 1 ? '1 channel' : `${mean.length} channels`;
}

/** What becomes of a photograph before its values are mapped. */
export function resizingText({ crop, interpolation }: Preprocessing): string {
  const kept = crop === 1 ? 'the central square' : `the central ${formatShare(crop)} of the shorter side`;
  return `${interpolation}, of ${kept}`;
}

const formatShare = (share: number) => `${formatValue(share * 100)}%`;
