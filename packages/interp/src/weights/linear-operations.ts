/**
 * What each operation of a network is to the linearised one, after "Visualizing Weights" (Voss et al., Distill 2021):
 * rectifiers and their like hand on what they are given, a maximum becomes a mean, and whatever a value is divided by,
 * or switched by, is held constant.
 */
import type { Node } from '@fovea/models';

export type Role =
  /** Linear as it is, apart from what it adds. */
  | 'linear'
  /** It hands on its first input. */
  | 'identity'
  /** A maximum over a window becomes the mean. */
  | 'average'
  /** By what a layer norm divides: a number. */
  | 'scale'
  /** A gate, a root or a norm, by which other values are multiplied or divided: held at one. */
  | 'one'
  /** It looks at the size of what it reads, not at the values. */
  | 'constant'
  /** A local response norm: divides by what it divides by at zero. */
  | 'norm'
  /** It moves values between positions by what they hold. */
  | 'attention'
  | 'nonlinear';

const kindsByRole: Readonly<Partial<Record<Role, string>>> = {
  linear:
    'conv conv_transpose linear batch_norm affine layer_scale center avg_pool add sub neg sum mean reduce_mean concat ' +
    'slice split pad transpose reshape flatten squeeze unsqueeze expand identity cast dropout tokens image upsample ' +
    'gather depth_to_space space_to_depth',
  identity:
    'relu leaky_relu p_relu clip gelu gelu_tanh quick_gelu silu tanh elu hard_swish selu celu mish softplus group_norm',
  average: 'max_pool',
  scale: 'ln_scale',
  one: 'sigmoid hard_sigmoid erf sqrt reduce_l2',
  constant: 'pos_embed shape',
  norm: 'local_response_norm',
  attention: 'scores softmax z matmul',
};

const roleByKind = new Map(
  Object.entries(kindsByRole).flatMap(([role, kinds]) =>
    kinds.split(' ').map((kind) => [kind, role as Role] as const),
  ),
);

/**
 * The role of every node of `order`, in which each comes after its inputs. Multiplication and division are linear where
 * only one side depends on what enters the network; whatever only leads to held values is held with them.
 */
export function rolesOf(order: readonly Node[]): ReadonlyMap<Node, Role> {
  const roles = new Map<Node, Role>();
  const varying = new Set<Node>();
  for (const node of order) {
    const role = roleOf(node, varying);
    roles.set(node, role);
    const isEntry = node.operation.kind === 'input';
    if (isEntry || (!isHeld(role) && node.inputs.some((input) => varying.has(input)))) varying.add(node);
  }
  for (const node of leadingToHeld(order, roles)) roles.set(node, 'constant');
  return roles;
}

/** Nodes that are read by held ones, or by others that lead to them, and by nothing else. */
function leadingToHeld(order: readonly Node[], roles: ReadonlyMap<Node, Role>): Set<Node> {
  const readers = new Map<Node, Node[]>();
  for (const node of order)
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  const leading = new Set<Node>();
  for (const node of order.toReversed()) {
    const own = readers.get(node) ?? [];
    if (own.length > 0 && own.every((reader) => isHeld(roles.get(reader)!) || leading.has(reader)))
      leading.add(node);
  }
  return new Set([...leading].filter((node) => !isHeld(roles.get(node)!)));
}

/** Nothing that enters the network changes its value. */
export function isHeld(role: Role): boolean {
  return role === 'scale' || role === 'one' || role === 'constant';
}

function roleOf({ hook, operation: { kind }, inputs }: Node, varying: ReadonlySet<Node>): Role {
  if (hook || kind === 'input') return 'linear';
  const entering = inputs.filter((input) => varying.has(input));
  if (kind === 'mul') return entering.length <= 1 ? 'linear' : 'nonlinear';
  if (kind === 'div' || kind === 'layer_norm')
    return isDividedByHeld(inputs, varying) ? 'linear' : 'nonlinear';
  // Where all channels respond equally strongly, it hands on its input, to which it then adds itself.
  if (kind === 'global_response_norm') return inputs.length === 1 ? 'identity' : 'linear';
  return roleByKind.get(kind) ?? 'nonlinear';
}

/** A division of one value by another; a norm that is one operation also divides, by what it does not show. */
function isDividedByHeld(inputs: readonly Node[], varying: ReadonlySet<Node>): boolean {
  const [, divisor] = inputs;
  return divisor !== undefined && !varying.has(divisor);
}
