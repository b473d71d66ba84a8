import type { Figure } from '../figure.ts';
import { catalogueFigure } from './catalogue.ts';
import { compileFigure } from './compile-time.ts';
import { capturesFigure, forwardFigure, sweepFigure } from './forward.ts';
import { growthFigures } from './growth.ts';
import { memoryFigure } from './memory.ts';
import { efficiencyFigure, stepFigure } from './steps.ts';

const captured = ['mixed3a', 'mixed3b', 'mixed4a', 'mixed4e', 'mixed5b'];

/** In the order in which a run of all measures them. */
export const figures: readonly Figure[] = [
  stepFigure('fovea_mini', 'mixed4b'),
  stepFigure('inception_v1', 'mixed3b'),
  stepFigure('inception_v1', 'mixed4a'),
  stepFigure('inception_v1', 'logits'),
  stepFigure('resnet50', 'layer3.5'),
  stepFigure('vit_base_patch16_224', 'blocks.6.resid_post'),
  stepFigure('convnext_tiny', 'stages.2.blocks.8.resid_post'),
  forwardFigure('inception_v1'),
  capturesFigure('inception_v1', captured),
  sweepFigure('inception_v1', captured),
  compileFigure('inception_v1', 'mixed4a'),
  compileFigure('inception_v1', 'logits'),
  memoryFigure('inception_v1', 'mixed4a'),
  memoryFigure('inception_v1', 'logits'),
  ...growthFigures('inception_v1', 'mixed4a'),
  efficiencyFigure('inception_v1', 'mixed4a'),
  efficiencyFigure('inception_v1', 'logits'),
  catalogueFigure('inception_v1', 'mixed4a'),
];

/** Those of kinds that take a network, and a layer of it, so that any can be measured. */
const kinds: Readonly<Record<string, (model: string, layer: string) => Figure>> = {
  step: stepFigure,
  compile: compileFigure,
  memory: memoryFigure,
  efficiency: efficiencyFigure,
  catalogue: catalogueFigure,
};

/** Those whose names begin so, or the one that a name of the form kind:MODEL:LAYER asks for; none where nothing fits. */
export function figuresNamed(name: string): readonly Figure[] {
  const listed = figures.filter((figure) => figure.name === name || figure.name.startsWith(`${name}:`));
  if (listed.length > 0) return listed;
  const [kind, model, ...layer] = name.split(':');
  if (kind === 'forward' && model && layer.length === 0) return [forwardFigure(model)];
  const make = kinds[kind ?? ''];
  return make && model && layer.length === 1 ? [make(model, layer[0]!)] : [];
}
