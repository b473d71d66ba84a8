/** Checks an objective against a model before anything runs, and names what is near a wrong name. */
import type { ObjectiveExpression, ObjectiveLeaf } from '@fovea/interp';
import { closest } from '@fovea/models/closest';
import type { InputIssue, ModelInfo } from '../kind-schema.ts';
import { leavesOf, type Path } from './expression-leaves.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
}

export function checkObjective(
  objective: ObjectiveExpression,
  picture: Picture,
  model: ModelInfo,
): InputIssue[] {
  const known = withPicture(model, picture);
  return leavesOf(objective, ['objective']).flatMap(({ leaf, path }) => checkLeaf(leaf, known, path));
}

/** Objectives that read positions of a layer, be they pixels or tokens. */
const positional: ReadonlySet<ObjectiveLeaf['type']> = new Set([
  'neuron',
  'directionNeuron',
  'neuronWeight',
  'diversity',
]);

/** Objectives that read neighbourhoods in rows and columns. */
const spatial: ReadonlySet<ObjectiveLeaf['type']> = new Set([
  'localgroupWeight',
  'tensorDirection',
  'totalVariation',
]);

/** The picture counts as one more layer, named `input`. */
function withPicture(model: ModelInfo, picture: Picture): ModelInfo {
  const channels = picture.alpha ? 4 : model.preprocessing.mean.length;
  const shape = [picture.height, picture.width, channels];
  const input = { name: 'input', channels, shape, axes: ['height', 'width', 'channel'] };
  return { ...model, hookPoints: [...model.hookPoints, input] };
}

function checkLeaf(leaf: ObjectiveLeaf, model: ModelInfo, path: Path): InputIssue[] {
  if (leaf.type === 'channelInterpolate')
    return [
      ...checkUnit(leaf.layer1, leaf.channel1, model, path, '1'),
      ...checkUnit(leaf.layer2, leaf.channel2, model, path, '2'),
    ];
  if (!('layer' in leaf) || leaf.layer === undefined) return [];
  const hookPoint = model.hookPoints.find(({ name }) => name === leaf.layer);
  if (!hookPoint) return [unknownLayer(leaf.layer, model, [...path, 'layer'])];
  if (!hasUnits(hookPoint)) return [noUnits(hookPoint, [...path, 'layer'])];
  if (spatial.has(leaf.type) && !isImage(hookPoint)) return [notSpatial(hookPoint, [...path, 'layer'])];
  if (positional.has(leaf.type) && hookPoint.axes.length === 1)
    return [notSpatial(hookPoint, [...path, 'layer'])];
  if ('channel' in leaf) return checkChannel(leaf.channel, hookPoint, model, [...path, 'channel']);
  if ('vector' in leaf) return checkLength(leaf.vector.length, hookPoint, [...path, 'vector']);
  if ('weights' in leaf) return checkLength(leaf.weights.length, hookPoint, [...path, 'weights']);
  if ('tensor' in leaf) return checkTensor(leaf.tensor, hookPoint, [...path, 'tensor']);
  if ('label' in leaf) return checkLabel(leaf.label, hookPoint, model, [...path, 'label']);
  return [];
}

/** @param suffix of the fields `layer` and `channel`, where an objective has two of each */
function checkUnit(layer: string, channel: number, model: ModelInfo, path: Path, suffix = ''): InputIssue[] {
  const hookPoint = model.hookPoints.find(({ name }) => name === layer);
  if (!hookPoint) return [unknownLayer(layer, model, [...path, `layer${suffix}`])];
  return checkChannel(channel, hookPoint, model, [...path, `channel${suffix}`]);
}

function checkChannel(
  channel: number,
  hookPoint: ModelInfo['hookPoints'][number],
  model: ModelInfo,
  path: Path,
): InputIssue[] {
  if (channel < hookPoint.channels) return [];
  const last = hookPoint.channels - 1;
  const message = `${hookPoint.name} of ${model.name} has channels 0 to ${last}; there is no channel ${channel}`;
  return [{ code: 'channel_out_of_range', path, message, nearest: [String(last)] }];
}

function unknownLayer(layer: string, model: ModelInfo, path: Path): InputIssue {
  const nearest = closest(
    layer,
    model.hookPoints.map(({ name }) => name),
  );
  const message = `${model.name} has no layer "${layer}".${nearestOf(nearest)}`;
  return { code: 'unknown_layer', path, message, nearest };
}

function nearestOf(nearest: readonly string[]): string {
  return nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}` : '';
}

function checkLength(length: number, hookPoint: ModelInfo['hookPoints'][number], path: Path): InputIssue[] {
  if (length === hookPoint.channels) return [];
  const message = `${hookPoint.name} has ${hookPoint.channels} channels; ${length} numbers were given`;
  return [{ code: 'wrong_length', path, message, nearest: [String(hookPoint.channels)] }];
}

function checkTensor(
  tensor: readonly (readonly (readonly number[])[])[],
  hookPoint: ModelInfo['hookPoints'][number],
  path: Path,
): InputIssue[] {
  const columns = new Set(tensor.map((row) => row.length));
  const lengths = new Set(tensor.flatMap((row) => row.map((vector) => vector.length)));
  if (columns.size === 1 && lengths.size === 1 && lengths.has(hookPoint.channels)) return [];
  const message = `A tensor for ${hookPoint.name} needs rows of one length and ${hookPoint.channels} channels at each position`;
  return [{ code: 'wrong_length', path, message, nearest: [String(hookPoint.channels)] }];
}

function isImage({ axes }: ModelInfo['hookPoints'][number]): boolean {
  return axes[0] === 'height';
}

/** Attention patterns have no channels, and queries, keys and values have channels for each head. */
function hasUnits({ axes }: ModelInfo['hookPoints'][number]): boolean {
  return axes.at(-1) === 'channel' && !axes.includes('head');
}

function noUnits(hookPoint: ModelInfo['hookPoints'][number], path: Path): InputIssue {
  const message = `${hookPoint.name} counts ${hookPoint.axes.join(', ')}: a unit needs a layer of channels, by position or for the whole picture`;
  return { code: 'no_units', path, message, nearest: [] };
}

function notSpatial(hookPoint: ModelInfo['hookPoints'][number], path: Path): InputIssue {
  const message = `${hookPoint.name} has no rows and columns: it counts ${hookPoint.axes.join(', ')}`;
  return { code: 'not_spatial', path, message, nearest: [] };
}

function checkLabel(
  label: string | number,
  hookPoint: ModelInfo['hookPoints'][number],
  model: ModelInfo,
  path: Path,
): InputIssue[] {
  if (typeof label === 'number') return checkChannel(label, hookPoint, model, path);
  const classes = model.classes ?? [];
  if (classes.includes(label)) return [];
  const nearest = closest(label, classes);
  const known = classes.length > 0 ? nearestOf(nearest) : ' It names no classes: give an index';
  return [
    { code: 'unknown_class', path, message: `${model.name} has no class "${label}".${known}`, nearest },
  ];
}
