import { layerHref } from '../layers/addresses.ts';

export const atlasHref = (model: string, layer: string) => `${layerHref(model, layer)}/atlas`;
