/** Looking into a run and acting on it. */
export * from './capture.ts';
export * from './gradients-at.ts';
export * from './hook-context.ts';
export * from './intervention.ts';
export { layersOf, type LayerFilter } from './layer-filter.ts';
export { selectedAlong, type SelectedAlong, type Selection } from './selection.ts';
