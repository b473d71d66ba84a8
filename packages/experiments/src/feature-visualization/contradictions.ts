/** Fields that are each right and cannot hold together. */
import type { ObjectiveExpression, TransformExpression } from '@fovea/interp';
import { firstLayerOf, leavesOf, type Path, type PlacedLeaf } from './expression-leaves.ts';
import { ObjectiveSyntaxError, parseObjective } from './objective-shorthand.ts';
import type { FeatureVisualizationInput } from './schema.ts';

export interface Contradiction {
  readonly path: Path;
  /** What does not fit, and what would. */
  readonly message: string;
}

export function contradictionsOf(input: FeatureVisualizationInput): Contradiction[] {
  return [
    ...ofThresholds(input),
    ...ofPicture(input),
    ...ofTransforms(input),
    ...ofOptimizer(input),
    ...ofObjective(input),
  ];
}

function ofThresholds({ thresholds, steps }: FeatureVisualizationInput): Contradiction[] {
  return thresholds.flatMap((threshold, index) => {
    if (threshold < steps) return [];
    const message = `Threshold ${threshold} is never reached: ${steps} updates are counted from 0 to ${steps - 1}`;
    return [{ path: ['thresholds', index], message }];
  });
}

function ofPicture(input: FeatureVisualizationInput): Contradiction[] {
  const { alpha, batch, diversityWeight, grayscale, parametrization } = input;
  return where([
    [
      diversityWeight > 0 && batch === 1,
      'diversityWeight',
      'One picture has nothing to differ from: raise the number of pictures or set the weight to 0',
    ],
    [alpha && grayscale, 'grayscale', 'A grayscale picture has no alpha channel: choose one of the two'],
    [
      alpha && ['cppn', 'maco'].includes(parametrization),
      'alpha',
      `The ${parametrization} parametrization has no alpha channel`,
    ],
    [
      grayscale && ['cppn', 'maco'].includes(parametrization),
      'grayscale',
      `The ${parametrization} parametrization makes colour images`,
    ],
    [parametrization === 'maco' && batch !== 1, 'batch', 'MaCo optimises one picture at a time'],
  ]);
}

function ofTransforms({ alpha, batch, transforms }: FeatureVisualizationInput): Contradiction[] {
  const list = Array.isArray(transforms) ? transforms : [];
  const has = (type: TransformExpression['type']) => list.some((transform) => transform.type === type);
  const scales = list.flatMap((t) => (t.type === 'normalizeGradient' && t.scales ? [t.scales] : []));
  return where([
    [
      alpha && Array.isArray(transforms) && !has('collapseAlphaRandom'),
      'transforms',
      'A picture with an alpha channel needs collapseAlphaRandom among its transforms',
    ],
    [!alpha && has('collapseAlphaRandom'), 'transforms', 'collapseAlphaRandom needs an alpha channel'],
    [
      (transforms === 'maco' || has('randomCrops')) && batch > 1,
      'transforms',
      'Random crops are cut from one picture: optimise one at a time, or choose other transforms',
    ],
    [
      !has('randomCrops') && scales.some(({ length }) => ![1, batch].includes(length)),
      'transforms',
      `normalizeGradient needs one scale, or one for each picture of the batch, which are ${batch}`,
    ],
  ]);
}

function ofOptimizer(input: FeatureVisualizationInput): Contradiction[] {
  const { batch, checkpointInterval, height, optimizer, width } = input;
  const large = checkpointInterval > 0 && width * height * batch > 512 * 512;
  const message = 'L-BFGS keeps twenty copies of the picture: at most 512 × 512 pixels in all';
  return where([[optimizer === 'lbfgs' && large, 'optimizer', message]]);
}

function ofObjective(input: FeatureVisualizationInput): Contradiction[] {
  const objective = expressionOf(input.objective);
  if (objective === null) return [];
  const leaves = leavesOf(objective, ['objective']);
  const constant = 'Constants alone have no gradient to follow: name a unit, such as mixed4a:5';
  const unlike = 'The objective reads no layer in which pictures could differ: name one';
  const layer = input.diversityLayer ?? firstLayerOf(objective);
  return [
    ...where([
      [leaves.length === 0, 'objective', constant],
      [leaves.length > 0 && input.diversityWeight > 0 && layer === null, 'diversityLayer', unlike],
    ]),
    ...leaves.flatMap((leaf) => ofLeaf(leaf, input)),
  ];
}

function ofLeaf({ leaf, path }: PlacedLeaf, input: FeatureVisualizationInput): Contradiction[] {
  const { alpha, batch, height, width } = input;
  const channels = alpha ? 4 : 3;
  if ('batch' in leaf && leaf.batch !== undefined && leaf.batch >= batch) {
    const message = `There is no picture ${leaf.batch}: ${batch} are optimised together, 0 to ${batch - 1}`;
    return [{ path: [...path, 'batch'], message }];
  }
  if (leaf.type === 'blurAlphaEachStep' && !alpha)
    return [{ path, message: 'blurAlphaEachStep needs a picture with an alpha channel' }];
  if (leaf.type === 'penalizeBoundaryComplexity' && leaf.mask && !isOf(leaf.mask, [height, width]))
    return [{ path: [...path, 'mask'], message: `The mask must be ${height} rows of ${width} numbers` }];
  if (leaf.type === 'inputDiff' && !isOf(leaf.image, [height, width, channels])) {
    const message = `The image must be ${height} rows of ${width} pixels of ${channels} numbers`;
    return [{ path: [...path, 'image'], message }];
  }
  return [];
}

/** The tree that an objective stands for; null where a shorthand cannot be read, which is said elsewhere. */
function expressionOf(objective: string | ObjectiveExpression): ObjectiveExpression | null {
  if (typeof objective !== 'string') return objective;
  try {
    return parseObjective(objective);
  } catch (error) {
    if (error instanceof ObjectiveSyntaxError) return null;
    throw error;
  }
}

/** Whether nested lists have these lengths, outermost first. */
function isOf(list: unknown, [length, ...rest]: readonly number[]): boolean {
  if (length === undefined) return true;
  return Array.isArray(list) && list.length === length && list.every((part) => isOf(part, rest));
}

function where(rules: readonly (readonly [boolean, string, string])[]): Contradiction[] {
  return rules.flatMap(([broken, field, message]) => (broken ? [{ path: [field], message }] : []));
}
