/** `fovea backend …`: what this machine computes on. */
import { installTensorflow, listBackends, type BackendRung } from '@fovea/tensor';
import { callerPath } from '../caller-path.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson, printTable } from '../table.ts';

export async function list({ json }: { json?: boolean }): Promise<ExitCode> {
  const rungs = await listBackends();
  if (json) printJson(rungs);
  else printTable(['BACKEND', 'AVAILABLE', 'DEVICE OR REASON'], rungs.map(row));
  return exitCodes.ok;
}

export interface InstallOptions {
  /** Path or address. */
  readonly libtensorflow: string;
  readonly json?: boolean;
}

export async function install(
  variant: 'tensorflow' | 'tensorflow-gpu',
  { libtensorflow, json }: InstallOptions,
): Promise<ExitCode> {
  const folder = await installTensorflow({
    variant,
    libtensorflow: /^https?:/.test(libtensorflow) ? libtensorflow : callerPath(libtensorflow),
    onProgress: (message) => process.stderr.write(`${message}\n`),
  });
  if (json) printJson({ backend: variant, folder });
  else process.stdout.write(`${variant} is installed in ${folder}\n`);
  return exitCodes.ok;
}

function row(rung: BackendRung): string[] {
  return rung.available
    ? [rung.name, 'yes', `${rung.device.name}, ${rung.threads} threads`]
    : [rung.name, 'no', rung.reason];
}
