/** What the implementation from which a registered model comes calls its hook points. */
import { matchCheckpoint } from './checkpoint-match.ts';
import { openSafetensors } from './checkpoint/safetensors.ts';
import { findArchitecture } from './known-architectures.ts';
import { modulesOf } from './naming.ts';
import type { RegisteredModel } from './registry.ts';

/** Modules by hook point; those without any are left out. */
export async function moduleNames({
  manifest,
  weightsPath,
}: RegisteredModel): Promise<ReadonlyMap<string, readonly string[]>> {
  await using checkpoint = await openSafetensors(weightsPath);
  const { naming } = matchCheckpoint(
    findArchitecture(manifest.architecture),
    { tensors: checkpoint.tensors, config: manifest.config },
    manifest.variant,
  );
  const named = manifest.hookPoints.map(({ name }) => [name, modulesOf(naming.aliases ?? [], name)] as const);
  return new Map(named.filter(([, modules]) => modules.length > 0));
}
