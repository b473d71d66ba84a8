import type { ActivationSweepInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { ActivationSweepResult } from './result.tsx';

// The API stores nothing that its schema refused, so the values have the types of the input.
export const activationSweepView: KindView = {
  subject(input) {
    const { dataset, layers, shard } = input as ActivationSweepInput;
    const part = shard ? `, shard ${shard.index + 1} of ${shard.count}` : '';
    return `${layersText(layers)} over ${dataset}${part}`;
  },
  valueText(name, value) {
    if (name === 'layers') return (value as ActivationSweepInput['layers']).join(', ');
    if (name === 'shard' && value !== null) {
      const { index, count } = value as NonNullable<ActivationSweepInput['shard']>;
      return `${index + 1} of ${count}`;
    }
    return undefined;
  },
  Result: ActivationSweepResult,
};

function layersText(layers: readonly string[]): string {
  return layers.length <= 2
    ? layers.join(', ')
    : `${layers[0]}, … ${layers.at(-1)} (${layers.length} layers)`;
}
