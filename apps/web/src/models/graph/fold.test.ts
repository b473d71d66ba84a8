import ELK from 'elkjs/lib/elk.bundled.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import { hierarchyOf } from './hierarchy.ts';
import { fromElk, toElk, type Box, type Layout, type Point } from './layout.ts';
import { layersNamed, networks } from './testing/networks.ts';
import { visibleGraph } from './visible-graph.ts';

const elk = new ELK();

interface Folded {
  readonly outermost: readonly string[];
  readonly before: Layout;
  readonly after: Layout;
}

async function folded(layers: Parameters<typeof hierarchyOf>[0], aspectRatio: number): Promise<Folded> {
  const hierarchy = hierarchyOf(layers);
  const graph = visibleGraph(hierarchy, new Set([...hierarchy.blocksAround.values()].flat()));
  const before = fromElk(await elk.layout(toElk(graph)));
  const outermost = graph.nodes.map(({ entry }) => entry.id);
  return { outermost, before, after: fold(before, outermost, aspectRatio) };
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const isStraight = (a: Point, b: Point) => Math.abs(a.x - b.x) < 1e-6 || Math.abs(a.y - b.y) < 1e-6;

describe('a folded layout', () => {
  it('fills a wide canvas where a long chain would be a line', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `conv${index}`);
    const { before, after } = await folded(layersNamed(...names), 1.5);
    expect(before.height / before.width).toBeGreaterThan(10);
    expect(after.width / after.height).toBeGreaterThan(0.9);
    expect(after.width / after.height).toBeLessThan(2.2);
  });

  it('leaves what is short as it is', async () => {
    const { before, after } = await folded(layersNamed('conv', 'logits'), 0.5);
    expect(after.height).toBeLessThanOrEqual(before.height);
    expect(after.routes.size).toBe(2);
  });

  it('keeps the size of every node, the places inside of blocks, and nodes apart', async () => {
    await fc.assert(
      fc.asyncProperty(
        networks,
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        async (layers, aspectRatio) => {
          const { outermost, before, after } = await folded(layers, aspectRatio);
          for (const [id, { x, y, width, height }] of before.boxes) {
            const box = after.boxes.get(id)!;
            expect(box).toMatchObject({ width, height });
            expect(outermost.includes(id) || (box.x === x && box.y === y)).toBe(true);
          }
          const boxes = outermost.map((id) => after.boxes.get(id)!);
          for (const [index, box] of boxes.entries())
            expect(boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leads every edge in straight pieces from where it began to where it ended', async () => {
    await fc.assert(
      fc.asyncProperty(
        networks,
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        async (layers, aspectRatio) => {
          const { outermost, before, after } = await folded(layers, aspectRatio);
          const moves = outermost.map((id) => ({ from: before.boxes.get(id)!, to: after.boxes.get(id)! }));
          /** Where a point on the edge of an outermost node has gone. */
          const expected = (point: Point) => {
            const { from, to } = moves.find(({ from: box }) =>
              overlap(box, { ...point, x: point.x - 1, y: point.y - 1, width: 2, height: 2 }),
            )!;
            return { x: point.x - from.x + to.x, y: point.y - from.y + to.y };
          };
          for (const [id, corners] of after.routes) {
            const old = before.routes.get(id)!;
            for (const [point, oldPoint] of [
              [corners.at(0)!, old.at(0)!],
              [corners.at(-1)!, old.at(-1)!],
            ] as const) {
              expect(point.x).toBeCloseTo(expected(oldPoint).x);
              expect(point.y).toBeCloseTo(expected(oldPoint).y);
            }
            expect(corners.every((corner, at) => at === 0 || isStraight(corners[at - 1]!, corner))).toBe(
              true,
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
