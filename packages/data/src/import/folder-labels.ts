/** Splits and classes from the folders that images lie in: `train/cat/1.jpg`, `cat/1.jpg`, `photographs/cat/1.jpg`. */
import type { Label, Labelling } from './labelling.ts';

/** `folder`: the folder below the split; `parent`: the folder that an image lies in; `none`: images have no class. */
export type ClassFrom = 'folder' | 'parent' | 'none';

const splitNames: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

export function folderLabels(paths: readonly string[], classFrom: ClassFrom): Labelling {
  const depth = wrapperDepth(paths);
  const folders = new Map(paths.map((file) => [file, foldersOf(file).slice(depth)]));
  const divided = [...folders.values()].every(([first = '']) => first.toLowerCase() in splitNames);
  const placed = [...folders].map(([file, parts]) => {
    const [first = ''] = parts;
    const split = divided ? splitNames[first.toLowerCase()]! : 'all';
    return { file, split, className: classOf(divided ? parts.slice(1) : parts, classFrom) };
  });
  const classes = [...new Set(placed.flatMap(({ className }) => className ?? []))].sort();
  const ordinals = new Map(classes.map((name, ordinal) => [name, ordinal]));
  const labels = placed.map(({ file, split, className }): [string, Label] => [
    file,
    { split, label: className === null ? null : ordinals.get(className)!, columns: {} },
  ]);
  return { classes, columns: [], labels: new Map(labels), missing: [] };
}

function classOf(parts: readonly string[], classFrom: ClassFrom): string | null {
  if (classFrom === 'none') return null;
  return (classFrom === 'folder' ? parts[0] : parts.at(-1)) ?? null;
}

const foldersOf = (file: string) => file.split('/').slice(0, -1);

/** Folders around all that is there say nothing, unless they are a split, or the only class. */
export function wrapperDepth(paths: readonly string[]): number {
  const folders = paths.map(foldersOf);
  const [first = []] = folders;
  let depth = 0;
  while (
    first.length > depth + 1 &&
    !(first[depth]!.toLowerCase() in splitNames) &&
    folders.every((parts) => parts[depth] === first[depth] && parts.length > depth + 1)
  )
    depth++;
  return depth;
}
