/** How the implementations from which checkpoints come name and store what a network of ours holds. */
import type { Shape, TensorSpec } from './graph.ts';

export interface Naming {
  /** The implementation: `torchvision`, `timm`, `transformers`, `openai`. */
  readonly name: string;
  /** Where a tensor of the network, by its name and shape there, lies in such a checkpoint. */
  source(name: string, shape: Shape): string | Source;
  /** Tensors that such checkpoints carry and the network has no use for: counters, heads for training only. */
  readonly unneeded?: readonly RegExp[];
  /** Modules of the implementation whose values are hook points under other names. */
  readonly aliases?: readonly Alias[];
  /**
   * Modules whose output the implementation overwrites in place (`inplace=True`, `+=`): whoever records it
   * there without a copy holds the value of another hook point in the end.
   */
  readonly overwritten?: readonly Alias[];
}

export interface Source {
  readonly name: string;
  /** As stored. Default: that of the tensor. */
  readonly shape?: Shape;
  /** Which part of the stored tensor's first axis, where several share it: [0, 3] is the first of three. */
  readonly part?: readonly [index: number, of: number];
  /** Axes of what is stored in PyTorch's order, where a checkpoint has another: HWIO → OIHW is [3, 2, 0, 1]. */
  readonly permute?: readonly number[];
}

/** `{name}` in a pattern stands for a part of a name without dots, the same on both sides. */
export interface Alias {
  /** `layer{stage}.{block}.downsample` */
  readonly module: string;
  /** `layer{stage}.{block}.shortcut` */
  readonly hook: string;
}

/** Aliases as a table: hook points by modules. */
export function aliases(table: Readonly<Record<string, string>>): Alias[] {
  return Object.entries(table).map(([module, hook]) => ({ module, hook }));
}

/** PyTorch's batch norms count the batches that they were trained on. */
export const batchCounters = /\.num_batches_tracked$/;

/** Checkpoints that name tensors as the network does. */
export const ownNaming: Naming = { name: 'fovea', source: (name) => name };

/** Where a tensor of a network lies in a checkpoint of this naming. */
export function sourceOf(naming: Naming, { name, shape }: TensorSpec): Source & { readonly shape: Shape } {
  const source = naming.source(name, shape);
  return typeof source === 'string' ? { name: source, shape } : { ...source, shape: source.shape ?? shape };
}

/** The hook point that a module's name stands for, if it is one of `aliases`. */
export function resolveAlias(aliases: readonly Alias[], module: string): string | undefined {
  for (const alias of aliases) {
    const found = patternOf(alias.module).exec(module);
    if (found) return filled(alias.hook, found.groups);
  }
  return undefined;
}

/** The modules, by the hook points that they stand for: for a table of a network's aliases. */
export function modulesOf(aliases: readonly Alias[], hookName: string): string[] {
  return aliases.flatMap((alias) => {
    const found = patternOf(alias.hook).exec(hookName);
    return found ? [filled(alias.module, found.groups)] : [];
  });
}

function patternOf(template: string): RegExp {
  const escaped = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>[^.]+)')}$`);
}

function filled(template: string, parts: Record<string, string> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
}
