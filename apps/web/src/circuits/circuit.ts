/** A circuit while it is looked at and changed: units, the weights between them, and where they stand. */
import type { CircuitEdge, CircuitGraph, FoundCircuit, FoundCircuitUnit } from '@fovea/client';
import type { Unit } from '../models/unit.ts';

export type Position = CircuitGraph['positions'][string];

export interface Circuit {
  readonly graph: CircuitGraph;
  /** What is known of the units, by key: pictures, labels, places in the network. */
  readonly known: ReadonlyMap<string, FoundCircuitUnit>;
}

/** Edges from 30 % of the strongest, as "Visualizing Weights" ranks them (https://distill.pub/2020/circuits/visualizing-weights). */
export const DEFAULT_THRESHOLD = 0.3;

export const unitKey = ({ layer, channel }: Unit) => `${layer}:${channel}`;
export const edgeKey = ({ from, to }: Pick<CircuitEdge, 'from' | 'to'>) =>
  `${unitKey(from)} → ${unitKey(to)}`;

export const emptyCircuit: Circuit = {
  graph: { units: [], edges: [], positions: {}, threshold: DEFAULT_THRESHOLD },
  known: new Map(),
};

export const circuitOf = (graph: CircuitGraph, found: readonly FoundCircuitUnit[]): Circuit => ({
  graph,
  known: new Map(found.map((unit) => [unitKey(unit), unit])),
});

/** With what was found around chosen units; a unit that was chosen before stays so. */
export function withFound({ graph, known }: Circuit, found: FoundCircuit): Circuit {
  const chosen = new Map(graph.units.map((unit) => [unitKey(unit), unit.chosen]));
  for (const unit of found.units)
    chosen.set(unitKey(unit), unit.chosen || (chosen.get(unitKey(unit)) ?? false));
  const units = new Map<string, Unit>([...graph.units, ...found.units].map((unit) => [unitKey(unit), unit]));
  const edges = new Map([...graph.edges, ...found.edges].map((edge) => [edgeKey(edge), edge]));
  return {
    graph: {
      ...graph,
      units: [...units].map(([key, { layer, channel }]) => ({ layer, channel, chosen: chosen.get(key)! })),
      edges: [...edges.values()],
    },
    known: new Map([...known, ...found.units.map((unit) => [unitKey(unit), unit] as const)]),
  };
}

/** Without a unit and its edges. */
export function withoutUnit({ graph, known }: Circuit, key: string): Circuit {
  const { [key]: _position, ...positions } = graph.positions;
  return {
    known,
    graph: {
      ...graph,
      positions,
      units: graph.units.filter((unit) => unitKey(unit) !== key),
      edges: graph.edges.filter(({ from, to }) => unitKey(from) !== key && unitKey(to) !== key),
    },
  };
}

export const withPosition = ({ graph, known }: Circuit, key: string, position: Position): Circuit => ({
  known,
  graph: { ...graph, positions: { ...graph.positions, [key]: position } },
});

export interface ShownEdge extends CircuitEdge {
  readonly key: string;
  readonly inhibits: boolean;
  /** Of the strongest into the same unit from the same layer, 0 to 1. */
  readonly share: number;
  /** Of the strongest of all, 0 to 1: how thick it is drawn. */
  readonly strength: number;
  /** The largest absolute weight between the two layers: the ends of the palette. */
  readonly largest: number;
}

/** The edges that the threshold leaves, weakest first, so that strong ones are drawn over them. */
export function shownEdges({ edges, threshold }: Pick<CircuitGraph, 'edges' | 'threshold'>): ShownEdge[] {
  const into = new Map<string, number>();
  const between = new Map<string, number>();
  const targetOf = ({ from, to }: CircuitEdge) => `${from.layer} → ${unitKey(to)}`;
  const layersOf = ({ from, to }: CircuitEdge) => `${from.layer} → ${to.layer}`;
  for (const edge of edges) {
    raise(into, targetOf(edge), edge.l2);
    raise(between, layersOf(edge), Math.max(...edge.kernel.values.map(Math.abs)));
  }
  const most = Math.max(...into.values(), Number.MIN_VALUE);
  return edges
    .map((edge) => ({
      ...edge,
      key: edgeKey(edge),
      inhibits: edge.sum < 0,
      share: edge.l2 / (into.get(targetOf(edge)) || 1),
      strength: edge.l2 / most,
      largest: between.get(layersOf(edge))!,
    }))
    .filter(({ share }) => share >= threshold)
    .toSorted((a, b) => a.strength - b.strength);
}

function raise(highest: Map<string, number>, key: string, value: number): void {
  highest.set(key, Math.max(highest.get(key) ?? 0, value));
}

/** Rows of a drawing: the layers of the units in the order of computation. */
export function layerRanks({ graph, known }: Circuit): Map<string, number> {
  const ordinals = new Map(
    graph.units.map((unit) => [unit.layer, known.get(unitKey(unit))?.ordinal ?? Infinity]),
  );
  const layers = [...ordinals].toSorted(([a, first], [b, second]) => first - second || a.localeCompare(b));
  return new Map(layers.map(([layer], rank) => [layer, rank]));
}
