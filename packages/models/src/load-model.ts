/** From a registered file of weights to a model that runs. */
import { matchCheckpoint } from './checkpoint-match.ts';
import { CorruptCheckpointError } from './checkpoint/checkpoint-errors.ts';
import { openSafetensors } from './checkpoint/safetensors.ts';
import type { HookedModel } from './hooked-model.ts';
import { findArchitecture } from './known-architectures.ts';
import type { Manifest } from './manifest.ts';
import { hookedModel, sha256OfFile, withPreprocessing } from './model.ts';
import { networkOf } from './network.ts';
import { loadOnnx } from './onnx/onnx-model.ts';
import { readWeights } from './weights.ts';

/**
 * Loads a registered model onto the engine that is running.
 * @throws CorruptCheckpointError when the file is not the one that was registered; any error of the reader
 */
export async function loadModel(manifest: Manifest, weightsPath: string): Promise<HookedModel> {
  const { sha256, format } = manifest.checkpoint;
  const found = await sha256OfFile(weightsPath);
  if (found !== sha256) throw new CorruptCheckpointError(weightsPath, sha256, found);

  if (format === 'onnx') {
    const { network, weights, naming } = await loadOnnx(weightsPath, manifest.preprocessing);
    return hookedModel(manifest, network, weights, naming);
  }
  await using checkpoint = await openSafetensors(weightsPath);
  const { variant, naming } = matchCheckpoint(
    findArchitecture(manifest.architecture),
    { tensors: checkpoint.tensors, config: manifest.config },
    manifest.variant,
  );
  const network = networkOf(withPreprocessing(variant, manifest.preprocessing));
  const weights = await readWeights(network.tensors, checkpoint, naming);
  return hookedModel(manifest, network, weights, naming);
}
