/** Where the page of a layer is. Names of layers may hold slashes. */

export const layerHref = (model: string, layer: string) =>
  `/models/${encodeURIComponent(model)}/${encodeURIComponent(layer)}`;
