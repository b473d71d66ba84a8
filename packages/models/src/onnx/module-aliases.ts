/**
 * PyTorch tells from which modules a node comes: its older exporter by the node's name, in which
 * `/layer1/layer1.0/conv1/Conv` belongs to `layer1.0.conv1`, its newer one in the node's metadata. A module's value is
 * that of the last node within.
 */
import type { Alias } from '../naming.ts';
import type { OnnxNode } from './onnx-graph.ts';

/** The modules, and the nodes by their own names, as other names of hook points. */
export function moduleAliases(nodes: readonly OnnxNode[], hookNames: ReadonlySet<string>): Alias[] {
  const aliases = new Map<string, string>();
  for (const node of nodes) {
    const { name } = node;
    const [output] = node.outputs;
    if (output === undefined || !hookNames.has(output)) continue;
    for (const module of [...scopesOf(node), name]) aliases.set(module, output);
  }
  return [...aliases]
    .filter(([module]) => !hookNames.has(module))
    .map(([module, hook]) => ({ module, hook }));
}

/** From the outermost module to the innermost. */
function scopesOf({ name, metadata }: OnnxNode): string[] {
  const told = metadata.get('pkg.torch.onnx.name_scopes');
  if (told) {
    // As Python prints a list: the nameless network first, the operation last.
    const [network, ...scopes] = Array.from(told.matchAll(/'([^']*)'/g), ([, scope]) => scope!);
    return network === '' ? scopes.slice(0, -1) : [];
  }
  return name.startsWith('/') ? scopesOfPath(name) : [];
}

function scopesOfPath(node: string): string[] {
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
