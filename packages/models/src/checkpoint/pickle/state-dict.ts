/** From what a PyTorch file holds (a dict of dicts, or a scripted network) to tensors by name. */
import type { Fail } from './pickle-values.ts';
import { PickleObject } from './pickle-values.ts';
import { TorchTensor } from './torch-values.ts';

export interface StateDict {
  readonly tensors: ReadonlyMap<string, TorchTensor>;
  /** Says what was around the tensors or before their names. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Under these names a training script keeps the network among other things. */
const containers = ['state_dict', 'model_state_dict', 'model', 'module'];

/** `torch.nn.DataParallel` puts it before every name. */
const parallelPrefix = 'module.';

/** Deeper than any network's modules; a container that holds itself ends here. */
const maximalDepth = 100;

/** A container can be held by many others: this bounds what becomes of a few that hold each other twice. */
const maximalVisits = 1_000_000;

export function stateDict(root: unknown, fail: Fail): StateDict {
  const { value, path } = unwrap(root);
  const named = namedTensors(value, fail);
  if (named.size === 0) fail('it holds no named tensors');
  const prefixed = [...named.keys()].every((name) => name.startsWith(parallelPrefix));
  const unwrapped = [...path, ...(prefixed ? [parallelPrefix] : [])];
  return {
    tensors: prefixed
      ? new Map([...named].map(([name, tensor]) => [name.slice(parallelPrefix.length), tensor]))
      : named,
    metadata: unwrapped.length > 0 ? { unwrapped: unwrapped.join(' ') } : {},
  };
}

function unwrap(root: unknown): { value: unknown; path: string[] } {
  const path: string[] = [];
  let value = root;
  for (let inner = containerIn(value); inner && path.length < maximalDepth; inner = containerIn(value)) {
    path.push(inner.name);
    value = inner.value;
  }
  return { value, path };
}

function containerIn(value: unknown): { name: string; value: unknown } | undefined {
  if (!(value instanceof Map)) return undefined;
  const name = containers.find((container) => value.get(container) instanceof Map);
  return name === undefined ? undefined : { name, value: value.get(name) };
}

/** Names are the keys and attributes on the way to a tensor, joined by dots. */
function namedTensors(root: unknown, fail: Fail): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>();
  let visits = 0;
  const visit = (value: unknown, name: string, depth: number): void => {
    if (depth > maximalDepth) fail(`it is nested deeper than ${maximalDepth} levels`);
    if (++visits > maximalVisits) fail(`it holds more than ${maximalVisits} things`);
    if (value instanceof TorchTensor) {
      if (tensors.has(name)) fail(`two tensors are called "${name}"`);
      tensors.set(name, value);
      return;
    }
    for (const [key, child] of childrenOf(value)) {
      if (typeof key !== 'string' && typeof key !== 'number') continue;
      visit(child, depth === 0 ? `${key}` : `${name}.${key}`, depth + 1);
    }
  };
  visit(root, '', 0);
  tensors.delete('');
  return tensors;
}

function childrenOf(value: unknown): Iterable<[unknown, unknown]> {
  if (value instanceof PickleObject) {
    // A network's tensors are attributes of its modules; what it holds in lists is none of its parameters.
    return [...value.attributes].filter(
      ([, attribute]) => attribute instanceof PickleObject || attribute instanceof TorchTensor,
    );
  }
  if (value instanceof Map) return value;
  return Array.isArray(value) ? value.entries() : [];
}
