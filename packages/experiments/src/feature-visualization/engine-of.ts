import type { Engine } from '@fovea/interp';
import type { FeatureVisualizationResult } from './schema.ts';

/** Compiled steps run on onnxruntime, whatever backend is there for the rest. */
export function engineOf(engine: Engine, backend: string): FeatureVisualizationResult['engine'] {
  return engine.name === 'onnxruntime'
    ? { backend: 'onnxruntime', version: engine.version, provider: engine.provider }
    : { backend, notCompiled: engine.reason };
}
