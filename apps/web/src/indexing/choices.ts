/** What the dialog holds while it is filled in, and the settings that it stands for. */
import { indexSettingsSchema, type IndexPart, type IndexSettings } from '@fovea/experiments/schema';

export interface Choices {
  readonly layers: 'interesting' | 'all' | 'chosen';
  /** Counts where `layers` is `chosen`. */
  readonly chosenLayers: readonly string[];
  readonly parts: readonly IndexPart[];
  /** '' for none. */
  readonly dataset: string;
  /** As they stand in the fields. */
  readonly images: string;
  readonly size: string;
  readonly steps: string;
  readonly restarts: string;
  readonly diversity: string;
  readonly objectives: 'both' | 'neuron' | 'channel';
  readonly signs: 'both' | 'positive';
}

export const usualChoices: Choices = {
  layers: 'interesting',
  chosenLayers: [],
  parts: ['pictures', 'deepdream', 'tuning', 'weights', 'sparsity'],
  dataset: '',
  images: '10000',
  size: '',
  steps: '256',
  restarts: '2',
  diversity: '0',
  objectives: 'both',
  signs: 'both',
};

/** What is wrong, in one sentence, where something is. */
export type ReadChoices = { readonly settings: IndexSettings } | { readonly fault: string };

export function readChoices(choices: Choices): ReadChoices {
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
  const parsed = indexSettingsSchema.safeParse({
    layers: choices.layers === 'chosen' ? choices.chosenLayers : choices.layers,
    parts: choices.parts,
    dataset: choices.parts.includes('sweep') ? choices.dataset || null : null,
    images: number(choices.images),
    size: number(choices.size) ?? null,
    steps: number(choices.steps),
    restarts: number(choices.restarts),
    diversity: number(choices.diversity),
    objectives: choices.objectives === 'both' ? ['neuron', 'channel'] : [choices.objectives],
    signs: choices.signs === 'both' ? [1, -1] : [1],
  });
  if (parsed.success) return { settings: parsed.data };
  return { fault: faultOf(choices, parsed.error.issues[0]!) };
}

function faultOf(
  { parts, layers, chosenLayers }: Choices,
  { path, message }: { readonly path: readonly PropertyKey[]; readonly message: string },
): string {
  if (parts.length === 0) return 'Choose what to make';
  if (layers === 'chosen' && chosenLayers.length === 0) return 'Choose layers';
  if (path[0] === 'dataset') return 'Choose the dataset that the sweep goes over';
  return `${String(path[0])}: ${message}`;
}
