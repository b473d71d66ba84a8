/**
 * An estimate of every patch of a layer at once, to first order: gradient of the metric where the patch goes in, times
 * the difference that the patch makes (Nanda, "Attribution Patching", 2023). Two forward passes and one backward.
 */
import type { HookedModel } from '@fovea/models';
import { startAttribution, type AttributedExample } from '../attribution/attribution.ts';
import type { Metric } from '../attribution/metric.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import type { ImagePair } from './patching.ts';

export interface AttributionPatchingSettings {
  readonly layers: readonly string[];
  readonly target: string;
  readonly metric: Metric;
  readonly mode: 'denoising' | 'noising';
}

export interface PatchEstimates {
  readonly engine: Engine;
  readonly clean: number;
  readonly corrupt: number;
  /**
   * Of each layer, in its shape: how much the metric changes when this value alone is patched. The estimate for a node
   * is the sum over it.
   */
  readonly estimates: Readonly<Record<string, Float32Array>>;
}

/** @throws UnknownLayerError, NoGradientError, MetricError, CompileError */
export async function attributionPatching(
  model: HookedModel,
  pair: ImagePair,
  { layers, target, metric, mode }: AttributionPatchingSettings,
  options: EngineOptions = {},
): Promise<PatchEstimates> {
  const settings = { layers, target, give: ['activation', 'gradient'], batch: 2 } as const;
  using run = await startAttribution(model, settings, options);
  const examples: AttributedExample[] = [pair.clean, pair.corrupt].map((pixels) => ({ pixels, metric }));
  const [clean, corrupt] = await run.run(examples);
  const [into, from] = mode === 'denoising' ? [corrupt!, clean!] : [clean!, corrupt!];
  const estimateOf = (layer: string) => {
    const { activation, gradient } = into.layers[layer]!;
    const replacement = from.layers[layer]!.activation;
    return gradient.map((slope, index) => slope * (replacement[index]! - activation[index]!));
  };
  return {
    engine: run.engine,
    clean: clean!.metric,
    corrupt: corrupt!.metric,
    estimates: Object.fromEntries(layers.map((layer) => [layer, estimateOf(layer)])),
  };
}
