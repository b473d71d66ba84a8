import { readFileSync } from 'node:fs';
import type { Layer } from '@fovea/client';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hierarchyOf, layersIn, type Block, type LayerEntry } from './hierarchy.ts';
import { layerNamed, layersNamed, networks } from './testing/networks.ts';

/** `mixed3a[branch1x1, mixed3a]` */
const outline = (entries: readonly (Block | LayerEntry)[]): string[] =>
  entries.map((entry) =>
    entry.type === 'block' ? `${entry.label}[${outline(entry.entries).join(', ')}]` : entry.label,
  );
const outlineOf = (...names: string[]) => outline(hierarchyOf(layersNamed(...names)).entries);

describe('the blocks of a network', () => {
  it('hold the hook point of their own name beside those below it', () => {
    expect(outlineOf('conv', 'mixed3a.branch1x1', 'mixed3a.pool', 'mixed3a')).toEqual([
      'conv',
      'mixed3a[branch1x1, pool, mixed3a]',
    ]);
  });

  it('leave out a list that stands alone, and keep the stages of a ResNet', () => {
    expect(outlineOf('embed', 'blocks.0.q', 'blocks.0.k', 'blocks.1.q', 'blocks.1.k')).toEqual([
      'embed',
      'blocks.0[q, k]',
      'blocks.1[q, k]',
    ]);
    expect(outlineOf('layer1.0.conv', 'layer1.1.conv', 'layer2.0.conv', 'layer2.1.conv')).toEqual([
      'layer1[0.conv, 1.conv]',
      'layer2[0.conv, 1.conv]',
    ]);
  });

  it('name what is numbered together with its list', () => {
    expect(outlineOf('down.0.conv', 'down.0', 'down.1', 'up.0', 'up.1')).toEqual([
      'down[down.0[conv, down.0], down.1]',
      'up[up.0, up.1]',
    ]);
  });

  it('leave out a block around a single thing', () => {
    expect(outlineOf('stem.conv.weighted', 'head.norm', 'head.logits')).toEqual([
      'stem.conv.weighted',
      'head[norm, logits]',
    ]);
  });

  it('are read from the underlines of names that continue that of a hook point', () => {
    const bottleneck = ['mixed_3x3_bottleneck_pre_relu', 'mixed_3x3_bottleneck'];
    expect(outlineOf('max_pool', ...bottleneck, 'mixed_3x3', 'mixed_pool', 'mixed')).toEqual([
      'max_pool',
      'mixed[3x3[bottleneck[pre_relu, bottleneck], 3x3], pool, mixed]',
    ]);
  });

  it('are read from the slashes of ONNX names too', () => {
    expect(outlineOf('/stem/Conv_output_0', '/body/body.0/Conv', '/body/body.0/Relu', '/fc/Gemm')).toEqual([
      'stem/Conv_output_0',
      'body/body.0[Conv, Relu]',
      'fc/Gemm',
    ]);
  });

  it('give out the hook point of their name, else the last that they compute', () => {
    const [first, second] = hierarchyOf(layersNamed('a.x', 'a', 'a.y', 'b.x', 'b.y')).entries as Block[];
    expect(first!.output.name).toBe('a');
    expect(second!.output.name).toBe('b.y');
  });

  it('sum up the parameters of all that they hold', () => {
    const layers = [layerNamed('a.x', { parameters: 3 }), layerNamed('a.y', { parameters: 4, ordinal: 1 })];
    const outer = hierarchyOf([...layers, layerNamed('b', { ordinal: 2 })]).entries[0] as Block;
    expect([outer.parameters, outer.layerCount]).toEqual([7, 2]);
  });

  it('hold every hook point exactly once, whatever the names', () => {
    fc.assert(
      fc.property(networks, (layers) => {
        const hierarchy = hierarchyOf(layers);
        const held = layersIn(hierarchy.entries).map(({ name }) => name);
        expect(held.toSorted()).toEqual(layers.map(({ name }) => name).toSorted());
        expect([...hierarchy.blocksAround.keys()].toSorted()).toEqual(held.toSorted());
      }),
    );
  });

  it('take values from outside for inputs', () => {
    const layers = [layerNamed('embed', { sources: ['tokens'] }), layerNamed('out', { sources: ['embed'] })];
    expect(hierarchyOf(layers).inputs.map(({ label }) => label)).toEqual(['tokens']);
  });

  it('of the default network are its stages', () => {
    const file = new URL('../../../../../packages/models/checkpoints/fovea_mini.json', import.meta.url);
    const { hookPoints } = JSON.parse(readFileSync(file, 'utf8')) as { hookPoints: Layer[] };
    const { entries, inputs } = hierarchyOf(hookPoints.map((layer, ordinal) => ({ ...layer, ordinal })));
    expect(inputs.map(({ label }) => label)).toEqual(['image']);
    expect(entries.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['conv2d0', 'mixed3a', 'mixed4b', 'avgpool', 'logits']),
    );
  });
});
