/** The arrays of a layer as files, and where in them each lies. */
import type { ExampleMaps, LayerSweep } from '@fovea/interp';
import { encodeSafetensors } from '@fovea/models';
import type { RunEvent } from '../kind.ts';
import { tensorSlices } from '../tensor-slices.ts';
import type { LayerActivations } from './evidence.ts';

type Artifact = Extract<RunEvent, { type: 'artifact' }>;
type Slices = Pick<LayerActivations['groups'][number], 'maps' | 'vectors' | 'means' | 'correlations'>;

export interface LayerFiles {
  readonly artifacts: readonly Artifact[];
  readonly slices: Slices;
}

/** @param correlations [units, units] */
export function layerFiles(
  { units, grid, examples, maps, layer, group }: ExampleMaps,
  { sample }: LayerSweep,
  correlations: Float32Array,
  parameters: Record<string, unknown>,
): LayerFiles {
  const prefix = [layer.replaceAll('/', '_'), group.tokens].filter(Boolean).join('.');
  const images = sample.maximum.length / units;
  const file = (name: string, tensors: Parameters<typeof encodeSafetensors>[0], dtype: 'F16' | 'F32') => {
    const bytes = encodeSafetensors(tensors, { dtype });
    const artifact: Artifact = {
      type: 'artifact',
      name: `${prefix}.${name}.safetensors`,
      mediaType: 'application/octet-stream',
      bytes,
      parameters,
    };
    return { artifact, slices: tensorSlices(bytes, artifact.name) };
  };
  const shape = [units, examples[0]!.length, ...grid];
  const files = [
    file('maps', [{ name: 'maps', shape, values: maps }], 'F16'),
    file(
      'vectors',
      [
        { name: 'vectors', shape: [units, images], values: transposed(sample.maximum, units) },
        { name: 'means', shape: [units, images], values: transposed(sample.mean, units) },
      ],
      'F32',
    ),
    file('correlations', [{ name: 'correlations', shape: [units, units], values: correlations }], 'F16'),
  ];
  const slices = Object.assign({}, ...files.map((each) => each.slices)) as Record<string, never>;
  return { artifacts: files.map(({ artifact }) => artifact), slices: slices as unknown as Slices };
}

/** [rows, columns] → [columns, rows] */
function transposed(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  return Float32Array.from({ length: values.length }, (_, index) => {
    const [column, row] = [Math.floor(index / rows), index % rows];
    return values[row * columns + column]!;
  });
}
