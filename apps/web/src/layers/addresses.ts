/** Where the pages of layers and units are. Names of layers may hold slashes. */

export const layerHref = (model: string, layer: string) =>
  `/models/${encodeURIComponent(model)}/${encodeURIComponent(layer)}`;

export const unitHref = (model: string, { layer, channel }: { layer: string; channel: number }) =>
  `${layerHref(model, layer)}/${channel}`;
