import type { FoundCircuit } from '@fovea/client';
import { describe, expect, it } from 'vitest';
import { emptyCircuit, withFound, withPosition } from './circuit.ts';
import { circuitJson, readCircuitJson } from './circuit-file.ts';
import { circuitSvg } from './circuit-svg.ts';
import { drawingOf, extentOf, kernelCells } from './drawing.ts';
import { TILE, type CircuitLayout } from './layout.ts';

const unit = (layer: string, channel: number) => ({
  layer,
  channel,
  chosen: true,
  label: channel === 2 ? 'cat & <dog>' : null,
  ordinal: channel,
  thumbnail: null,
});

const found: FoundCircuit = {
  model: 'net',
  units: [unit('a', 1), unit('b', 2)],
  edges: [
    {
      from: { layer: 'a', channel: 1 },
      to: { layer: 'b', channel: 2 },
      l2: 2,
      sum: -2,
      kernel: { height: 1, width: 2, values: [-2, 0] },
    },
  ],
  unknown: [],
};

const layout: CircuitLayout = {
  units: new Map([
    ['a:1', { x: 0, y: 0 }],
    ['b:2', { x: 50, y: 300 }],
  ]),
  tiles: new Map([['a:1 → b:2', { x: 70, y: 200 }]]),
};

const circuit = withFound(emptyCircuit, found);

describe('a drawn circuit', () => {
  it('leads edges through the places that the layout found for their kernels', () => {
    const [edge] = drawingOf(circuit, layout).edges;
    expect(edge).toMatchObject({ tile: { x: 70, y: 200 }, inhibits: true });
    expect(edge!.path).toContain('70 200');
  });

  it('follows a unit that somebody moved', () => {
    const { units, edges } = drawingOf(withPosition(circuit, 'b:2', { x: 500, y: 300 }), layout);
    expect(units[1]).toMatchObject({ x: 500, y: 300 });
    expect(edges[0]!.tile.x).toBeGreaterThan(200);
    expect(edges[0]!.end.x).toBeGreaterThan(500);
  });

  it('has room for all that is in it', () => {
    const { left, top, width, height } = extentOf(drawingOf(circuit, layout));
    expect([left, top]).toEqual([-24, -24]);
    expect(left + width).toBeGreaterThan(150);
    expect(top + height).toBeGreaterThan(426);
  });
});

it('a kernel is a grid in the middle of its tile, coloured from blue over white to red', () => {
  const cells = kernelCells({ height: 1, width: 2, values: [-2, 0] }, 2);
  expect(cells.map(({ x, y }) => [x, y])).toEqual([
    [-TILE / 2, -TILE / 4],
    [0, -TILE / 4],
  ]);
  expect(cells.map(({ fill }) => fill)).toEqual(['rgb(5,113,176)', 'rgb(247,247,247)']);
});

describe('the SVG of a circuit', () => {
  const svg = circuitSvg(
    drawingOf(circuit, layout),
    'Cats & dogs',
    new Map([['a:1', 'data:image/png;base64,AA']]),
  );

  it('holds its pictures and its kernels as vectors', () => {
    expect(svg).toContain('href="data:image/png;base64,AA"');
    expect(svg.match(/fill="rgb\(/g)).toHaveLength(2);
    expect(svg).toContain('stroke-dasharray');
  });

  it('writes text as text', () => {
    expect(svg).toContain('cat &amp; &lt;dog&gt;');
    expect(svg).toContain('<title>Cats &amp; dogs</title>');
  });
});

describe('the file of a circuit', () => {
  const file = { model: 'net', title: 'Cats', text: '# Cats', graph: circuit.graph };

  it('comes back as it was', () => {
    expect(readCircuitJson(circuitJson(file))).toMatchObject(file);
  });

  it.each(['', '{}', '[1]', circuitJson(file).replace('fovea-circuit', 'other')])('is not %j', (content) => {
    expect(() => readCircuitJson(content)).toThrow('This is not the file of a circuit');
  });
});
