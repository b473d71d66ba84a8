/** What a run of the bench found. */
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { format } from 'prettier';
import { runtimeVersion, tf } from '../packages/tensor/src/index.ts';
import type { Measurement, Quantity } from './figure.ts';
import type { Comparison } from './pairs.ts';

export interface PeerComparison extends Comparison {
  readonly command: string;
}

export interface MeasuredFigure extends Measurement {
  readonly figure: string;
  readonly title: string;
  readonly peer?: PeerComparison;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly onnxruntime: string;
  /** Of the eager steps. */
  readonly eagerBackend: string;
}

export async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() || arch(),
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    onnxruntime: await runtimeVersion(),
    eagerBackend: tf.getBackend(),
  };
}

export function rowOf({ figure, ours, reference, ratio, ratioOf, peer }: MeasuredFigure) {
  return {
    figure,
    ours: textOf(ours),
    reference: textOf(reference),
    ratio: `${ratio.toPrecision(3)} (${ratioOf})`,
    ...(peer ? { peer: `${peer.ratio.toPrecision(3)} (${peer.other.toPrecision(3)} ms)` } : {}),
  };
}

const textOf = ({ what, value, unit }: Quantity) => `${what} ${value.toPrecision(3)} ${unit}`;

/** The part of docs/benchmarks.md that a run writes. */
export async function markdownOf(measured: readonly MeasuredFigure[], machine: Machine): Promise<string> {
  const { processor, cores, memoryGigabytes, system, node, onnxruntime, eagerBackend } = machine;
  const lines = [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${processor}, ${cores} cores, ${memoryGigabytes} GB, ${system}, Node ${node}, onnxruntime ${onnxruntime}, eager steps on ${eagerBackend}.`,
    '',
    '| Figure | Ours | Reference | Ratio |',
    '| --- | --- | --- | --- |',
    ...measured.map((figure) => {
      const { ours, reference, ratio } = rowOf(figure);
      return `| ${figure.title} (\`${figure.figure}\`) | ${ours} | ${reference} | ${ratio} |`;
    }),
    '',
    ...measured.flatMap(({ figure, note }) => (note ? [`- \`${figure}\`: ${note}.`] : [])),
  ];
  return format(lines.join('\n'), { parser: 'markdown' });
}
