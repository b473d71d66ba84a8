export type { Architecture, Variant } from './architecture.ts';
export * from './blocks.ts';
export * from './errors.ts';
export { hook, type Node, type TensorSpec, type Weights } from './graph.ts';
export type * from './hooked-model.ts';
export { architectures, findArchitecture, findVariant } from './known-architectures.ts';
export { networkOf, runNetwork, type Network } from './network.ts';
export { defaultNonlinearities } from './nonlinearities.ts';
export { preprocess, preprocessingSchema, type Preprocessing } from './preprocessing.ts';
