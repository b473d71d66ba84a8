import type { Layer } from '@fovea/client';
import { createContext, use } from 'react';

export interface ModelLayers {
  /** Name of the model; empty while none is chosen. */
  model: string;
  layers: readonly Layer[];
  isPending: boolean;
}

const Context = createContext<ModelLayers>({ model: '', layers: [], isPending: false });

/** For the editors of a form that choose among the layers of the model that the form has chosen. */
export const ModelLayersProvider = Context.Provider;

export const useModelLayers = (): ModelLayers => use(Context);
