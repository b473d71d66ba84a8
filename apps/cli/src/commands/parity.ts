/** `fovea parity FILE…`: what we compute against the records of reference implementations. */
import type { ParityResult, ParityRow } from '@fovea/models';
import { startBackend, UnknownBackendError } from '@fovea/tensor';
import { callerPath } from '../caller-path.ts';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { compareFile, UnreadableRecordError } from '../parity-file.ts';
import { printJson, printTable } from '../table.ts';

interface FileResult {
  readonly file: string;
  readonly result?: ParityResult;
  /** Why nothing was compared, which counts as one failure. */
  readonly error?: Error;
}

export async function parity(
  files: readonly string[],
  { backend, json }: { readonly backend?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const { name } = await startBackend(backend === undefined ? {} : { force: backend }).catch((error) => {
    throw error instanceof UnknownBackendError ? badInput(error.message) : error;
  });
  const results: FileResult[] = [];
  for (const file of files) {
    const compared = await compare(file);
    if (!json) print(compared);
    results.push(compared);
  }
  const passed = sum(results.map(({ result }) => result?.passed ?? 0));
  const failed = sum(results.map(({ result }) => result?.failed ?? 1));
  if (json) printJson({ backend: name, files: results.map(described), passed, failed });
  else process.stdout.write(`parity: ${passed} passed, ${failed} failed\n`);
  if (results.some(({ error }) => error instanceof UnreadableRecordError)) return exitCodes.badInput;
  return failed === 0 ? exitCodes.ok : exitCodes.failed;
}

/** A file that cannot be compared keeps none of the others from being. */
async function compare(file: string): Promise<FileResult> {
  try {
    return { file, result: await compareFile(callerPath(file)) };
  } catch (error) {
    return { file, error: error as Error };
  }
}

function print({ file, result, error }: FileResult): void {
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

function described({ file, result, error }: FileResult): object {
  return result ? { file, ...result } : { file, error: { name: error!.name, message: error!.message } };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
