import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hierarchyOf } from './hierarchy.ts';
import { keyboardStep, stopsOf } from './keyboard.ts';
import { layersNamed, networks } from './testing/networks.ts';
import { visibleGraph } from './visible-graph.ts';

const stops = (open: string[]) =>
  stopsOf(visibleGraph(hierarchyOf(layersNamed('conv', 'mixed.a', 'mixed.b', 'logits')), new Set(open)));

describe('the keyboard in a graph', () => {
  it('goes on in the order of computation, past what a closed block holds', () => {
    expect(keyboardStep('ArrowDown', 'layer:conv', stops([]))).toEqual({ type: 'move', id: 'block:mixed' });
    expect(keyboardStep('ArrowDown', 'block:mixed', stops([]))).toEqual({ type: 'move', id: 'layer:logits' });
    expect(keyboardStep('ArrowUp', 'layer:conv', stops([]))).toBeNull();
  });

  it('opens a block and enters it to the right, leaves it and closes it to the left', () => {
    const open = stops(['block:mixed']);
    expect(keyboardStep('ArrowRight', 'block:mixed', stops([]))).toEqual({
      type: 'toggle',
      id: 'block:mixed',
    });
    expect(keyboardStep('ArrowRight', 'block:mixed', open)).toEqual({ type: 'move', id: 'layer:mixed.a' });
    expect(keyboardStep('ArrowLeft', 'layer:mixed.b', open)).toEqual({ type: 'move', id: 'block:mixed' });
    expect(keyboardStep('ArrowLeft', 'block:mixed', open)).toEqual({ type: 'toggle', id: 'block:mixed' });
  });

  it('leaves other keys alone', () => {
    expect(keyboardStep('a', 'layer:conv', stops([]))).toBeNull();
  });

  it('reaches every hook point once all blocks are open', () => {
    fc.assert(
      fc.property(networks, (layers) => {
        const hierarchy = hierarchyOf(layers);
        const all = stopsOf(visibleGraph(hierarchy, new Set([...hierarchy.blocksAround.values()].flat())));
        const reached = new Set<string>();
        for (let id: string | undefined = all[0]!.id; id;) {
          reached.add(id);
          const step = keyboardStep('ArrowDown', id, all);
          id = step?.type === 'move' ? step.id : undefined;
        }
        for (const { name } of layers) expect(reached).toContain(`layer:${name}`);
      }),
    );
  });
});
