/** The vocabulary in which architectures are drawn: each block adds nodes to the graph. */
export * from './activation.ts';
export * from './arithmetic.ts';
export * from './attention.ts';
export * from './channel-range.ts';
export * from './convolution.ts';
export * from './linear.ts';
export * from './normalization.ts';
export * from './pooling.ts';
export * from './positions.ts';
export * from './rectified.ts';
export * from './sinusoid.ts';
export * from './tokens.ts';
export * from './transformer.ts';
export * from './transposed-convolution.ts';
export * from './upsampling.ts';
