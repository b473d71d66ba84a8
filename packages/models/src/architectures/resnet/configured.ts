/** Sizes of a ResNet that its checkpoint tells. */
import { z } from 'zod';
import type { CheckpointDescription } from '../../architecture.ts';
import { UnsupportedConfigurationError } from '../../errors.ts';
import { sourceOf } from '../../naming.ts';
import { namingsOf } from './namings.ts';
import { publishedPlans, type Plan, type Stage } from './plan.ts';

/** What a `config.json` may ask for beyond the tensors' shapes. */
const configSchema = z.object({
  model_type: z.literal('resnet'),
  hidden_act: z.literal('relu').default('relu'),
  downsample_in_first_stage: z.literal(false).default(false),
  downsample_in_bottleneck: z.literal(false).default(false),
});

/**
 * Undefined where the checkpoint is not of a ResNet.
 * @throws UnsupportedConfigurationError
 */
export function configuredPlan({ tensors, config }: CheckpointDescription): Plan | undefined {
  const plan = namingsOf(publishedPlans.resnet50)
    .map((naming) => planOf((name) => tensors.get(sourceOf(naming, { name, shape: [] }).name)?.shape))
    .find((found) => found !== undefined);
  if (plan) checkConfig(config);
  return plan;
}

function checkConfig(config: unknown): void {
  if (config === undefined || (config as { model_type?: unknown }).model_type === undefined) return;
  const parsed = configSchema.safeParse(config);
  if (parsed.success) return;
  const { path, message } = parsed.error.issues[0]!;
  throw new UnsupportedConfigurationError('ResNet', `${path.join('.')}: ${message}`);
}

type ShapeOf = (name: string) => readonly number[] | undefined;

/** From the shapes of tensors by their names in the network. */
function planOf(shapeOf: ShapeOf): Plan | undefined {
  const stem = shapeOf('conv1.weight')?.[0];
  const classes = shapeOf('fc.weight')?.[0];
  const stages = sequence((index) => stageOf(shapeOf, `layer${index + 1}`));
  return stem && classes && stages.length > 0 ? { stem, stages, classes } : undefined;
}

function stageOf(shapeOf: ShapeOf, layer: string): Stage | undefined {
  const depth = sequence((block) => shapeOf(`${layer}.${block}.conv1.weight`)).length;
  const second = shapeOf(`${layer}.0.conv2.weight`);
  if (depth === 0 || !second) return undefined;
  const widened = shapeOf(`${layer}.0.conv3.weight`);
  const [filters, perGroup] = second as [number, number];
  if (!widened) return { depth, width: filters };
  return { depth, width: widened[0]!, bottleneck: filters, groups: filters / perGroup };
}

/** The values of indices from 0 on, until there is none. */
function sequence<T>(at: (index: number) => T | undefined): T[] {
  const found: T[] = [];
  for (let value = at(0); value !== undefined; value = at(found.length)) found.push(value);
  return found;
}
