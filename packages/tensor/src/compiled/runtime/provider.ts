/** What of onnxruntime computes: the processor, or a GPU. */
export const providers = ['cpu', 'webgpu', 'cuda'] as const;

/** `webgpu` is inside the npm package; `cuda` needs an onnxruntime that has it, with CUDA beside it. */
export type Provider = (typeof providers)[number];

/**
 * The one that FOVEA_PROVIDER names, else the processor.
 * @throws RangeError
 */
export function defaultProvider(): Provider {
  const name = process.env.FOVEA_PROVIDER || 'cpu';
  const provider = providers.find((each) => each === name);
  if (!provider)
    throw new RangeError(`FOVEA_PROVIDER must be one of ${providers.join(', ')}, not "${name}".`);
  return provider;
}
