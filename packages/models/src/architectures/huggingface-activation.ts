import type { Activation } from '../blocks/index.ts';
import { UnsupportedConfigurationError } from '../errors.ts';

/** By what a Hugging Face configuration calls it (`hidden_act`). */
const activations: Readonly<Record<string, Activation>> = {
  gelu: 'gelu',
  gelu_python: 'gelu',
  gelu_new: 'gelu_tanh',
  gelu_fast: 'gelu_tanh',
  gelu_pytorch_tanh: 'gelu_tanh',
  quick_gelu: 'quick_gelu',
  relu: 'relu',
  silu: 'silu',
  swish: 'silu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
};

/** @throws UnsupportedConfigurationError */
export function huggingFaceActivation(architecture: string, name: string): Activation {
  const activation = activations[name];
  if (activation) return activation;
  const known = Object.keys(activations).join(', ');
  throw new UnsupportedConfigurationError(architecture, `its activation ${name} is none of ${known}`);
}
