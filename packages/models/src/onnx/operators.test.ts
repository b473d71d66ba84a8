import { readFileSync } from 'node:fs';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { inputNode, usualAxes, type Node } from '../graph.ts';
import { networkFrom, type Network } from '../network.ts';
import { runNetwork } from '../run-network.ts';
import { onnxFixture } from '../testing/synthetic-onnx.ts';
import { writeOnnx, type AttributeValue } from '../testing/onnx-file.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { drawGraph, type Drawn } from './draw-graph.ts';
import { toEngineTensor, type HostTensor } from './host-tensor.ts';
import { usualLabels } from './labels.ts';
import { hostAt, orderOf, type Layout, type TensorValue } from './operand.ts';
import { operators } from './operators.ts';
import { openOnnx } from './read-onnx.ts';

/** One node, its inputs, and what onnxruntime makes of them. */
interface Case {
  readonly name: string;
  readonly operator: string;
  readonly opset: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly inputs: readonly ((HostTensor & { readonly constant?: boolean }) | null)[];
  readonly outputs: readonly HostTensor[];
}

const cases = JSON.parse(readFileSync(onnxFixture('operators.json'), 'utf8')) as Case[];
const folder = temporaryFolder();

interface Drawing {
  readonly drawn: Drawn;
  /** Of the inputs that the engine computes with, in their layouts. */
  readonly given: Readonly<Record<string, tf.Tensor>>;
  readonly nodes: ReadonlyMap<string, Node>;
}

/** @param layout in which inputs of four axes enter */
async function draw(
  { name, operator, opset, attributes, inputs, outputs }: Case,
  layout: Layout,
): Promise<Drawing> {
  const path = folder.path(`${name}.onnx`.replaceAll(/[^a-z0-9.]/gi, '_'));
  const named = inputs.map((tensor, index) => ({ name: tensor ? `x${index}` : '', tensor }));
  const entering = named.flatMap((input) =>
    input.tensor && !input.tensor.constant ? [{ ...input, tensor: input.tensor }] : [],
  );
  await writeOnnx(path, {
    opset,
    nodes: [
      {
        operator,
        attributes,
        inputs: named.map((input) => input.name),
        outputs: outputs.map((_, index) => `y${index}`),
      },
    ],
    inputs: entering.map(({ name, tensor }) => ({ name, type: tensor.type, shape: tensor.shape })),
    outputs: outputs.map((_, index) => `y${index}`),
    initializers: Object.fromEntries(
      named.flatMap(({ name, tensor }) => (tensor?.constant ? [[name, tensor]] : [])),
    ),
  });
  await using file = await openOnnx(path);
  const given: Record<string, tf.Tensor> = {};
  const values = new Map<string, TensorValue>();
  for (const { name, tensor } of entering) {
    const { length: rank } = tensor.shape;
    const held: Layout = rank === 4 ? layout : 'plain';
    given[name] = tf.tidy(() => toEngineTensor(tensor).transpose([...orderOf[held](rank)]));
    const { shape } = given[name];
    const axes =
      shape.length === 4 ? usualAxes(shape.slice(1)) : shape.slice(1).map(() => 'position' as const);
    const node = inputNode({ name, shape: shape.slice(1), axes, dtype: 'float32' });
    values.set(name, {
      kind: 'tensor',
      node,
      layout: held,
      labels: usualLabels(rank, held),
      shapes: [tensor.shape],
      dtype: given[name].dtype as TensorValue['dtype'],
    });
  }
  const nodes = new Map([...values].map(([name, { node }]) => [name, node]));
  return { drawn: await drawGraph(file, values), given, nodes };
}

function networkOf({ drawn, nodes, given }: Drawing): Network {
  const roots = [...drawn.outputs.values()].flatMap((value) => (value.kind === 'tensor' ? [value.node] : []));
  const specs = [...nodes].map(([name, { shape, axes }]) => ({
    name,
    shape,
    axes: axes.map(() => 'position' as const),
    dtype: given[name]!.dtype === 'float32' ? ('float32' as const) : ('int32' as const),
  }));
  return networkFrom(specs, [...nodes.values()], roots);
}

/** The outputs by name, in ONNX's order of axes. */
function run(drawing: Drawing, given = drawing.given): tf.Tensor[] {
  const { outputs, weights } = drawing.drawn;
  const names = [...outputs].flatMap(([name, value]) => (value.kind === 'tensor' ? [name] : []));
  const values = names.length > 0 ? runNetwork(networkOf(drawing), weights, given, { until: names }) : {};
  return [...outputs].map(([name, value]) => {
    if (value.kind === 'host') return toEngineTensor(hostAt(value));
    const order = orderOf[value.layout](values[name]!.rank);
    return values[name]!.transpose(order.map((_, axis) => order.indexOf(axis)));
  });
}

function dispose({ drawn, given }: Drawing): void {
  tf.dispose([...drawn.weights.values(), ...Object.values(given)]);
}

beforeAll(async () => {
  await startBackend();
});

const layouts: readonly Layout[] = ['plain', 'channelsLast'];

describe.each(layouts)('on %s values', (layout) => {
  test.each(cases)('$name is what onnxruntime computes', async (each) => {
    const drawing = await draw(each, layout);
    tf.tidy(() => {
      run(drawing).forEach((value, index) => {
        const { shape, data } = each.outputs[index]!;
        expect(value.shape).toEqual(shape);
        const largest = Math.max(1, ...data.map(Math.abs));
        const values = value.dataSync();
        expect(Math.max(...data.map((expected, at) => Math.abs(values[at]! - expected)))).toBeLessThan(
          3e-5 * largest,
        );
      });
    });
    dispose(drawing);
  });
});

/** Steps, comparisons, and numbers that are none. */
const withoutGradient = new Set(
  'ArgMax Floor Ceil Round Sign Equal Less LessOrEqual Greater GreaterOrEqual And Or Xor Not Cast Mod'.split(
    ' ',
  ),
);
const differentiable = cases.filter(
  ({ operator, inputs }) =>
    !withoutGradient.has(operator) &&
    inputs.some((input) => input && !input.constant && input.type === 'float'),
);

describe('gradients', () => {
  const step = 2e-3;

  test.each(differentiable)('of $name agree with finite differences', async (each) => {
    const drawing = await draw(each, 'channelsLast');
    tf.tidy(() => {
      const names = Object.keys(drawing.given).filter((name) => drawing.given[name]!.dtype === 'float32');
      const inputs = names.map((name) => drawing.given[name]!);
      const weighted = (...values: tf.Tensor[]): tf.Scalar => {
        const given = {
          ...drawing.given,
          ...Object.fromEntries(names.map((name, index) => [name, values[index]!])),
        };
        const sums = run(drawing, given).map((value) => value.mul(wave(value.shape, 1.7)).sum());
        return tf.addN(sums).asScalar();
      };
      const directions = inputs.map(({ shape }, index) => wave(shape, 2.3 + index));
      const moved = (by: number) => inputs.map((input, index) => input.add(directions[index]!.mul(by)));
      const difference = weighted(...moved(step))
        .sub(weighted(...moved(-step)))
        .div(2 * step);
      const along = tf
        .grads(weighted)(inputs)
        .map((gradient, index) => gradient.mul(directions[index]!).sum());
      const [expected, found] = [difference.dataSync()[0]!, tf.addN(along).dataSync()[0]!];
      expect(Math.abs(found - expected)).toBeLessThan(2e-2 * Math.max(1, Math.abs(expected)));
    });
    dispose(drawing);
  });
});

/** Different everywhere, and never zero for long. */
function wave(shape: readonly number[], frequency: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, index) => Math.cos(frequency * (index + 1))),
    [...shape],
  );
}

test('every operator has a case', () => {
  // The last three are numbers, or have no result of their own.
  const covered = new Set([...cases.map(({ operator }) => operator), 'Shape', 'Size', 'CastLike']);
  expect(Object.keys(operators).filter((operator) => !covered.has(operator))).toEqual([]);
});
