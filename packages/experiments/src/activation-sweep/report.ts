/** What a finished pass tells of its layers. */
import { unitCorrelations, type ExampleMaps, type Sweep } from '@fovea/interp';
import type { RunEvent } from '../kind.ts';
import type { LayerActivations } from './evidence.ts';
import type { SweepJob } from './job.ts';
import { layerFiles } from './layer-artifacts.ts';
import { activationSweepSchema, type ActivationSweepResult } from './schema.ts';
import { unitFinding, type SweptGroup } from './unit-findings.ts';

/** Units of one event. */
const chunk = 200;

/** @param maps in the order of the sweep's layers */
export async function* reportLayers(
  job: SweepJob,
  sweep: Sweep,
  maps: readonly ExampleMaps[],
): AsyncGenerator<RunEvent, ActivationSweepResult['layers']> {
  const told: ActivationSweepResult['layers'] = [];
  for (const layer of sweep.settings.layers) {
    const own = maps.flatMap((map, index) =>
      map.layer === layer ? [{ map, sweep: sweep.layers[index]! }] : [],
    );
    const groups: SweptGroup[] = [];
    const files: LayerActivations['groups'] = [];
    for (const { map, sweep: ofLayer } of own) {
      const correlations = unitCorrelations(ofLayer);
      const { artifacts, slices } = layerFiles(map, ofLayer, correlations, aboutFiles(job, layer));
      yield* artifacts;
      files.push({ tokens: map.group.tokens ?? 'all', grid: [...map.grid], ...slices });
      groups.push({ ...map, sweep: ofLayer, correlations });
      told.push(resultOf(groups.at(-1)!));
    }
    yield { ...about(job, layer), type: 'layer', data: layerData(job, sweep, files) };
    yield* unitEvents(job, sweep, layer, groups);
  }
  return told;
}

const about = ({ dataset }: SweepJob, layer: string) => ({
  layer,
  kind: activationSweepSchema.name,
  subject: dataset.digest,
});

const aboutFiles = ({ model, dataset, split }: SweepJob, layer: string) => ({
  layer,
  model: { name: model.name, digest: model.digest },
  dataset: { name: dataset.name, digest: dataset.digest, split },
});

function layerData(
  { input, model, dataset, split, images }: SweepJob,
  sweep: Sweep,
  groups: LayerActivations['groups'],
): LayerActivations {
  const { width, height } = model.preprocessing;
  return {
    dataset: dataset.name,
    split,
    images: sweep.images,
    imageSize: { width, height },
    top: Math.min(input.top, sweep.images),
    bands: input.bands,
    sample: [...images.sample],
    groups,
  };
}

function* unitEvents(
  job: SweepJob,
  sweep: Sweep,
  layer: string,
  groups: readonly SweptGroup[],
): Generator<RunEvent> {
  const facts = { model: job.model, swept: sweep, classes: job.dataset.classes };
  const { units } = groups[0]!;
  for (let start = 0; start < units; start += chunk) {
    const channels = Array.from({ length: Math.min(chunk, units - start) }, (_, place) => start + place);
    const found = channels.map((channel) => unitFinding(channel, groups, facts));
    yield { ...about(job, layer), type: 'units', units: found };
  }
}

const resultOf = ({ layer, group, units, sweep }: SweptGroup): ActivationSweepResult['layers'][number] => ({
  layer,
  tokens: group.tokens ?? 'all',
  units,
  dead: sweep.maximum.filter((maximum) => !(maximum > 0)).length,
});
