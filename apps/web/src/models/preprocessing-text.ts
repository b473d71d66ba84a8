import { formatValue } from '../format/number.ts';

/** As the API describes it; a factor, a mean and a deviation for each channel. */
export interface Preprocessing {
  readonly width: number;
  readonly height: number;
  readonly channelOrder: 'rgb' | 'bgr';
  readonly scale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** "RGB in [-1, 1]": the range that values in [0, 1] are mapped to, the commonest thing to get wrong. */
export function valueRange({ scale, mean, std }: Preprocessing): string {
  const lows = mean.map((value, channel) => -value / std[channel]!);
  const highs = mean.map((value, channel) => (scale - value) / std[channel]!);
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  return `[${formatValue(low)}, ${formatValue(high)}]`;
}

export function preprocessingText(preprocessing: Preprocessing): string {
  const { width, height, channelOrder } = preprocessing;
  return `${width} × ${height} px, ${channelOrder.toUpperCase()} in ${valueRange(preprocessing)}`;
}
