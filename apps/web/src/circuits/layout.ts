/** Where the units of a circuit stand and its kernels lie: a row for each layer, by ELK. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { layerRanks, unitKey, type Circuit, type Position, type ShownEdge } from './circuit.ts';

/** In pixels at zoom 1. */
export const NODE = { width: 104, height: 126 };
export const TILE = 34;

export interface CircuitLayout {
  /** Upper left corners, by unit. */
  readonly units: ReadonlyMap<string, Position>;
  /** Middles of the kernels, by edge. */
  readonly tiles: ReadonlyMap<string, Position>;
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.partitioning.activate': 'true',
  // Else parts that are not connected would have rows of their own.
  'elk.separateConnectedComponents': 'false',
  'elk.edgeRouting': 'POLYLINE',
  'elk.edgeLabels.inline': 'true',
  'elk.spacing.nodeNode': '22',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.labelLabel': '6',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  // Circuits are read by their layers; ties are broken as they come.
  'elk.randomSeed': '1',
};

export function toElk(circuit: Circuit, edges: readonly ShownEdge[]): ElkNode {
  const ranks = layerRanks(circuit);
  return {
    id: 'circuit',
    layoutOptions: options,
    children: circuit.graph.units.map((unit) => ({
      id: unitKey(unit),
      ...NODE,
      layoutOptions: { 'elk.partitioning.partition': String(ranks.get(unit.layer)) },
    })),
    edges: edges.map(({ key, from, to }) => ({
      id: key,
      sources: [unitKey(from)],
      targets: [unitKey(to)],
      labels: [{ text: key, width: TILE, height: TILE }],
    })),
  };
}

export function fromElk({ children = [], edges = [] }: ElkNode): CircuitLayout {
  return {
    units: new Map(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
    tiles: new Map(
      edges.map(({ id, labels: [label] = [] }) => [
        id,
        { x: (label?.x ?? 0) + TILE / 2, y: (label?.y ?? 0) + TILE / 2 },
      ]),
    ),
  };
}
