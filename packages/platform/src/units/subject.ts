/** The texts under which notes, tags and comments are kept. */

export interface UnitAddress {
  readonly model: string;
  readonly layer: string;
  readonly channel: number;
}

export const unitSubject = ({ model, layer, channel }: UnitAddress) => `unit/${model}/${layer}/${channel}`;

/** Null where the text is no unit's. Names of layers may hold slashes, those of models none. */
export function parseUnitSubject(subject: string): UnitAddress | null {
  const match = /^unit\/(?<model>[^/]+)\/(?<layer>.+)\/(?<channel>0|[1-9]\d{0,8})$/.exec(subject);
  if (!match?.groups) return null;
  const { model, layer, channel } = match.groups as { model: string; layer: string; channel: string };
  return { model, layer, channel: Number(channel) };
}
