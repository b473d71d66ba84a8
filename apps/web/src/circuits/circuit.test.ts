import type { CircuitEdge, FoundCircuit, FoundCircuitUnit } from '@fovea/client';
import { describe, expect, it } from 'vitest';
import {
  emptyCircuit,
  layerRanks,
  shownEdges,
  unitKey,
  withFound,
  withoutUnit,
  withPosition,
} from './circuit.ts';

const unit = (layer: string, channel: number, chosen: boolean): FoundCircuitUnit => ({
  layer,
  channel,
  chosen,
  label: null,
  ordinal: layer === 'early' ? 3 : 8,
  thumbnail: null,
});

const edge = (from: number, to: number, values: number[]): CircuitEdge => ({
  from: { layer: 'early', channel: from },
  to: { layer: 'late', channel: to },
  l2: Math.hypot(...values),
  sum: values.reduce((total, value) => total + value, 0),
  kernel: { height: 1, width: values.length, values },
});

const found = (units: FoundCircuitUnit[], edges: CircuitEdge[]): FoundCircuit => ({
  model: 'net',
  units,
  edges,
  unknown: [],
});

const first = found([unit('early', 1, false), unit('late', 5, true)], [edge(1, 5, [4, 0])]);
const second = found(
  [unit('early', 1, true), unit('late', 5, false), unit('late', 6, false)],
  [edge(1, 5, [4, 0]), edge(1, 6, [-1, -1])],
);

describe('a circuit', () => {
  it('grows by what is found around further units, each unit and edge once', () => {
    const { graph } = withFound(withFound(emptyCircuit, first), second);
    expect(graph.units.map((one) => [unitKey(one), one.chosen])).toEqual([
      ['early:1', true],
      ['late:5', true],
      ['late:6', false],
    ]);
    expect(graph.edges).toHaveLength(2);
  });

  it('loses with a unit its edges and its place', () => {
    const grown = withPosition(withFound(withFound(emptyCircuit, first), second), 'late:6', { x: 1, y: 2 });
    const { graph } = withoutUnit(grown, 'late:6');
    expect(graph.units.map(unitKey)).toEqual(['early:1', 'late:5']);
    expect(graph.edges).toHaveLength(1);
    expect(graph.positions).toEqual({});
  });

  it('has its layers in the order of computation', () => {
    expect([...layerRanks(withFound(emptyCircuit, second))]).toEqual([
      ['early', 0],
      ['late', 1],
    ]);
  });
});

describe('the edges that are shown', () => {
  const edges = [edge(1, 5, [3, 4]), edge(2, 5, [-1, 0]), edge(1, 6, [0, -0.5])];

  it('are those that reach a share of the strongest into their unit', () => {
    expect(shownEdges({ edges, threshold: 0.3 }).map(({ key }) => key)).toEqual([
      'early:1 → late:6',
      'early:1 → late:5',
    ]);
    expect(shownEdges({ edges, threshold: 0 })).toHaveLength(3);
  });

  it('tell sign, strength among all, and the scale of their layers', () => {
    const [weak, strong] = shownEdges({ edges, threshold: 0.3 });
    expect(weak).toMatchObject({ inhibits: true, share: 1, strength: 0.1, largest: 4 });
    expect(strong).toMatchObject({ inhibits: false, share: 1, strength: 1, largest: 4 });
  });
});
