import type { IndexPart } from '@fovea/experiments/schema';

/** What each part of an index makes, in the order in which readers look for it. */
export const partTitles: Readonly<Record<IndexPart, { readonly title: string; readonly about: string }>> = {
  pictures: { title: 'Pictures', about: 'Of every unit: what excites and what inhibits it' },
  deepdream: { title: 'DeepDream', about: 'One picture of each layer as a whole' },
  sweep: { title: 'Sweep', about: 'Statistics and examples of every unit over a dataset' },
  tuning: { title: 'Tuning', about: 'Responses to drawn curves, by orientation and radius' },
  weights: { title: 'Weights', about: 'The strongest connections between neighbouring layers' },
  sparsity: { title: 'Sparsity', about: 'How sparse the weights are, against chance' },
};

export const parts = Object.keys(partTitles) as IndexPart[];
