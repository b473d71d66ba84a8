/**
 * The blocks of a network, read from the names of its hook points: `mixed3a.branch1x1` lies in `mixed3a`, and so does
 * the hook point `mixed3a` itself, which is what the block gives out.
 */
import type { Layer } from '@fovea/client';

/** A hook point. */
export interface LayerEntry {
  readonly type: 'layer';
  readonly id: string;
  /** Its name within the block around it. */
  readonly label: string;
  readonly layer: Layer;
}

/** A value that enters the network from outside. */
export interface InputEntry {
  readonly type: 'input';
  readonly id: string;
  readonly label: string;
}

export interface Block {
  readonly type: 'block';
  readonly id: string;
  readonly label: string;
  /** How the names of all that it holds begin. */
  readonly path: string;
  /** In the order of computation. */
  readonly entries: readonly (Block | LayerEntry)[];
  /** What it gives out: the hook point of its own name, else the last that it computes. */
  readonly output: Layer;
  readonly layerCount: number;
  readonly parameters: number;
}

export type Entry = Block | LayerEntry | InputEntry;

export interface Hierarchy {
  readonly inputs: readonly InputEntry[];
  readonly entries: readonly (Block | LayerEntry)[];
  /** In the order of computation. */
  readonly layers: readonly Layer[];
  /** The blocks around each hook point, outermost first, by its name. */
  readonly blocksAround: ReadonlyMap<string, readonly string[]>;
}

export const layerId = (name: string) => `layer:${name}`;
export const inputId = (name: string) => `input:${name}`;

export function hierarchyOf(layers: readonly Layer[]): Hierarchy {
  const names = new Set(layers.map(({ name }) => name));
  const inputs = new Set(layers.flatMap(({ sources }) => sources).filter((source) => !names.has(source)));
  const root = simplified(foldersOf(layers, names));
  const [only] = root;
  const entries = (root.length === 1 && only?.children ? only.children : root).map((folder) =>
    entryOf(folder, ''),
  );
  const blocksAround = new Map<string, readonly string[]>();
  recordBlocks(entries, [], blocksAround);
  return {
    inputs: [...inputs].map((name) => ({ type: 'input', id: inputId(name), label: name })),
    entries,
    layers,
    blocksAround,
  };
}

/** A path, with the hook point of that name or with what lies below it. */
interface Folder {
  readonly path: string;
  /** The paths above it, outermost first. */
  readonly above: readonly string[];
  readonly layer?: Layer;
  readonly children?: Folder[];
}

/** One folder for each path, however many hook points share it. */
function foldersOf(layers: readonly Layer[], names: ReadonlySet<string>): Folder[] {
  const root: Folder[] = [];
  const folders = new Map<string, Folder[]>();
  const inner = new Set(layers.flatMap(({ name }) => pathsAbove(name, names)));
  for (const layer of layers) {
    const above = pathsAbove(layer.name, names);
    let siblings = root;
    for (const [depth, path] of [...above, layer.name].entries()) {
      if (!inner.has(path)) continue;
      let children = folders.get(path);
      if (!children) {
        children = [];
        folders.set(path, children);
        siblings.push({ path, above: above.slice(0, depth), children });
      }
      siblings = children;
    }
    siblings.push({ path: layer.name, above, layer });
  }
  return root;
}

/**
 * "a.b.c" → "a", "a.b". Networks from ONNX files use slashes, and those of TensorFlow lines: `mixed4a_3x3` lies in
 * `mixed4a` where that is a hook point.
 */
function pathsAbove(name: string, names: ReadonlySet<string>): string[] {
  const ends = [...name.matchAll(/[^./][./]|_/g)].map(({ 0: found, index }) => index + found.length - 1);
  const paths = ends.map((end) => name.slice(0, end));
  return paths.filter((path) => name[path.length] !== '_' || names.has(path));
}

/**
 * Without the levels that tell nothing: a block around one thing, and a list that has no other beside it, such as
 * `blocks` of a vision transformer. The four stages of a ResNet stay.
 */
function simplified(folders: readonly Folder[]): Folder[] {
  const inside = folders.map((folder) => {
    if (!folder.children) return folder;
    const children = simplified(folder.children);
    return children.length === 1 ? children[0]! : { ...folder, children };
  });
  const lists = inside.filter(isList);
  return lists.length === 1
    ? inside.flatMap((folder) => (isList(folder) ? folder.children! : folder))
    : inside;
}

const isList = ({ path, children }: Folder) =>
  children?.every((child) => /^[./]\d+$/.test(child.path.slice(path.length))) ?? false;

function entryOf(folder: Folder, around: string): Block | LayerEntry {
  const { path, layer, children = [] } = folder;
  const label = labelOf(folder, around);
  if (layer) return { type: 'layer', id: layerId(path), label, layer };
  const entries = children.map((child) => entryOf(child, path));
  const layers = layersIn(entries);
  return {
    type: 'block',
    id: `block:${path}`,
    label,
    path,
    entries,
    output: layers.find(({ name }) => name === path) ?? layers.reduce(later),
    layerCount: layers.length,
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
  };
}

/** What its name adds to that of the block around it; a number says nothing without the name of its list. */
function labelOf({ path, above }: Folder, around: string): string {
  const added = path.slice(path === around ? (above.at(-1)?.length ?? 0) : around.length);
  const isNumber = /^[./]\d+$/.test(added);
  return (isNumber ? path.slice(above.at(-2)?.length ?? 0) : added).replace(/^[./_]/, '');
}

const later = (a: Layer, b: Layer) => (b.ordinal > a.ordinal ? b : a);

export const layersIn = (entries: readonly (Block | LayerEntry)[]): Layer[] =>
  entries.flatMap((entry) => (entry.type === 'block' ? layersIn(entry.entries) : entry.layer));

function recordBlocks(
  entries: readonly (Block | LayerEntry)[],
  around: readonly string[],
  found: Map<string, readonly string[]>,
): void {
  for (const entry of entries) {
    if (entry.type === 'layer') found.set(entry.layer.name, around);
    else recordBlocks(entry.entries, [...around, entry.id], found);
  }
}
