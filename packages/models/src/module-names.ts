/** What the implementation from which a registered model comes calls its hook points. */
import { matchCheckpoint } from './checkpoint-match.ts';
import { openSafetensors } from './checkpoint/safetensors.ts';
import { findArchitecture } from './known-architectures.ts';
import type { Manifest } from './manifest.ts';
import { modulesOf, type Alias } from './naming.ts';
import { moduleAliases } from './onnx/module-aliases.ts';
import { openOnnx } from './onnx/read-onnx.ts';
import type { RegisteredModel } from './registry.ts';

/** Modules by hook point; those without any are left out. */
export async function moduleNames({
  manifest,
  weightsPath,
}: RegisteredModel): Promise<ReadonlyMap<string, readonly string[]>> {
  const aliases = await aliasesOf(manifest, weightsPath);
  const named = manifest.hookPoints.map(({ name }) => [name, modulesOf(aliases, name)] as const);
  return new Map(named.filter(([, modules]) => modules.length > 0));
}

async function aliasesOf(manifest: Manifest, weightsPath: string): Promise<readonly Alias[]> {
  if (manifest.checkpoint.format === 'onnx') {
    await using file = await openOnnx(weightsPath);
    return moduleAliases(file.graph.nodes, new Set(manifest.hookPoints.map(({ name }) => name)));
  }
  await using checkpoint = await openSafetensors(weightsPath);
  const { naming } = matchCheckpoint(
    findArchitecture(manifest.architecture),
    { tensors: checkpoint.tensors, config: manifest.config },
    manifest.variant,
  );
  return naming.aliases ?? [];
}
