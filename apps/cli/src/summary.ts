/** What `run` and `watch` print last: one JSON line for programs, or the files for people. */
export interface Summary {
  /** Id on the server; null for a local run. */
  readonly run: string | null;
  readonly status: string;
  readonly seconds: number;
  readonly artifacts: readonly SummaryArtifact[];
}

export interface SummaryArtifact {
  readonly name: string;
  /** Absolute path of the saved file, or the address of the stored one. */
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export function printSummary(summary: Summary, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  const { status, seconds, artifacts } = summary;
  process.stdout.write(`${status} after ${seconds.toFixed(1)} s\n`);
  for (const { name, path } of artifacts) process.stdout.write(`  ${name}  ${path}\n`);
}
