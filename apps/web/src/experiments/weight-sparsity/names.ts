import { measures, type LayerFigureName, type SparsityVariant } from '@fovea/experiments/schema';

export type Kind = 'trained' | SparsityVariant['figures'][number]['nulls'][number]['kind'];

export const kindTitles: Readonly<Record<Kind, string>> = {
  trained: 'Trained',
  gaussian: 'Gaussian',
  shuffled: 'Shuffled',
  untrained: 'Untrained',
};

export function figureTitle(name: LayerFigureName): string {
  if (name === 'effectiveRank') return 'Effective rank';
  return measures.find((measure) => measure.name === `weights.${name}`)?.title ?? name;
}

export function variantTitle({ path, weighed }: SparsityVariant): string {
  return `${path === null ? 'All paths' : `Through ${path}`}${weighed ? ', weighed by activity' : ''}`;
}
