/**
 * PyTorch names nodes by the modules that they come from: `/layer1/layer1.0/conv1/Conv` belongs to `layer1.0.conv1`.
 * A module's value is that of the last node within.
 */
import type { Alias } from '../naming.ts';
import type { OnnxNode } from './onnx-graph.ts';

/** The modules, and the nodes by their own names, as other names of hook points. */
export function moduleAliases(nodes: readonly OnnxNode[], hookNames: ReadonlySet<string>): Alias[] {
  const aliases = new Map<string, string>();
  for (const { name, outputs } of nodes) {
    const [output] = outputs;
    if (output === undefined || !hookNames.has(output)) continue;
    for (const module of [...scopesOf(name), name]) aliases.set(module, output);
  }
  return [...aliases]
    .filter(([module]) => !hookNames.has(module))
    .map(([module, hook]) => ({ module, hook }));
}

/** From the outermost module to the innermost. */
function scopesOf(node: string): string[] {
  if (!node.startsWith('/')) return [];
  const scopes: string[] = [];
  let [around, within] = ['', ''];
  for (const part of node.split('/').slice(1, -1)) {
    // In a list of modules, a part repeats the name of the list: layer1, layer1.0.
    if (within === '' || !part.startsWith(`${within}.`)) around = scopes.at(-1) ?? '';
    within = part;
    scopes.push(around === '' ? part : `${around}.${part}`);
  }
  return scopes;
}
