/** One channel of one layer, as `layer:channel`. */
export interface Unit {
  readonly layer: string;
  readonly channel: number;
}

export const formatUnit = ({ layer, channel }: Unit) => `${layer}:${channel}`;

export function parseUnit(text: string): Unit | null {
  const match = /^(?<layer>[^:]+):(?<channel>\d+)$/.exec(text.trim());
  return match?.groups ? { layer: match.groups.layer!, channel: Number(match.groups.channel) } : null;
}
