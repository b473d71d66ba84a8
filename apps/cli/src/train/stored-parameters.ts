/// <reference lib="esnext.float16" />
/** Parameters as the checkpoint keeps them: in half precision, which changes no prediction worth speaking of. */
import { eachTensor, type Parameters } from '@fovea/interp';
import { writeSafetensors, type NamedTensor, type Network } from '@fovea/models';

export const roundToStored = (parameters: Parameters): Parameters =>
  Float32Array.from(Float16Array.from(parameters));

export async function writeParameters(
  path: string,
  network: Network,
  parameters: Parameters,
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  const tensors: NamedTensor[] = [];
  eachTensor(network, parameters, ({ name, shape }, values) => tensors.push({ name, shape, values }));
  await writeSafetensors(path, tensors, { dtype: 'F16', metadata });
}
