/** What `fovea index` prints last. */
import { printJson } from './table.ts';

export interface IndexSummary {
  /** Id on the server; null where it was made on this machine. */
  readonly index: string | null;
  readonly model: string;
  readonly status: string;
  readonly seconds: number;
  /** Of the files that were made. */
  readonly bytes: number;
  readonly runs: number;
  /** Of units: made now, and there before. */
  readonly pictures: { readonly made: number; readonly skipped: number };
  /** Absolute; null where the results are on the server. */
  readonly folder: string | null;
  readonly failures: readonly {
    readonly part: string;
    readonly layer: string | null;
    readonly message: string;
  }[];
}

export function printIndexSummary(summary: IndexSummary, json: boolean): void {
  if (json) return printJson(summary);
  const { model, status, seconds, bytes, runs, pictures, folder, failures } = summary;
  const there = pictures.skipped > 0 ? `, and ${pictures.skipped} were there` : '';
  process.stdout.write(
    `Index of ${model}: ${status} after ${seconds.toFixed(0)} s, ${(bytes / 1e6).toFixed(1)} MB in ${runs} runs; ${pictures.made} pictures${there}\n`,
  );
  for (const { part, layer, message } of failures)
    process.stdout.write(`  ${[layer, part].filter(Boolean).join(' ')} failed: ${message}\n`);
  if (folder !== null) process.stdout.write(`  ${folder}\n`);
}
