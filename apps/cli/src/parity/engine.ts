/** On what a comparison computes: one of the engine's backends, or onnxruntime. */
import { compiled, eagerly, type Evaluate } from '@fovea/models';
import { runtimeVersion, startBackend } from '@fovea/tensor';

export interface ParityEngine {
  readonly name: string;
  readonly evaluate: Evaluate;
}

/**
 * @param wanted default: FOVEA_BACKEND, else the fastest backend
 * @throws UnknownBackendError, BackendUnavailableError, RuntimeUnavailableError
 */
export async function startParityEngine(wanted?: string): Promise<ParityEngine> {
  if (wanted !== 'onnxruntime') {
    const { name } = await startBackend(wanted === undefined ? {} : { force: wanted });
    return { name, evaluate: eagerly };
  }
  await runtimeVersion();
  // It only holds the weights, where they need not be copied.
  await startBackend({ force: 'cpu' });
  return { name: wanted, evaluate: compiled };
}
