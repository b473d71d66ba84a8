/** `fovea parity FILE…`: what we compute against the records of reference implementations. */
import type { ParityRow } from '@fovea/models';
import { UnknownBackendError } from '@fovea/tensor';
import { callerPath } from '../caller-path.ts';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { compareApart, type Comparison } from '../parity/comparison.ts';
import { startParityEngine } from '../parity/engine.ts';
import { printJson, printTable } from '../table.ts';

export async function parity(
  files: readonly string[],
  { backend, json }: { readonly backend?: string; readonly json?: boolean },
): Promise<ExitCode> {
  // An engine that cannot be had is one error, not one for each file.
  const { name } = await startParityEngine(backend).catch((error) => {
    throw error instanceof UnknownBackendError ? badInput(`${error.message}, onnxruntime`) : error;
  });
  const comparisons: Comparison[] = [];
  for (const file of files) {
    const compared = await compareApart(file, callerPath(file), backend);
    if (!json) print(compared);
    comparisons.push(compared);
  }
  const passed = sum(comparisons.map(({ result }) => result?.passed ?? 0));
  const failed = sum(comparisons.map(({ result }) => result?.failed ?? 1));
  if (json) {
    const described = comparisons.map(({ result, ...rest }) => ({ ...rest, ...result }));
    printJson({ backend: name, files: described, passed, failed });
  } else process.stdout.write(`parity: ${passed} passed, ${failed} failed\n`);
  if (comparisons.some(({ error }) => error?.name === 'UnreadableRecordError')) return exitCodes.badInput;
  return failed === 0 ? exitCodes.ok : exitCodes.failed;
}

function print({ file, result, error }: Comparison): void {
  if (error) {
    process.stdout.write(`${file}\n${error.name}: ${error.message}\n\n`);
    return;
  }
  const { title, rows } = result!;
  process.stdout.write(`${file}: ${title}\n`);
  printTable(['TENSOR', 'MAX |Δ| / ABSMAX', 'PASS'], rows.map(columns));
  process.stdout.write('\n');
}

function columns({ tensor, deviation, passed, problem }: ParityRow): string[] {
  return [
    tensor,
    problem === undefined ? deviation.toExponential(2) : '–',
    passed ? 'yes' : `no ${problem ?? ''}`,
  ];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
