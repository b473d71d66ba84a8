/** `fovea backend …`: what this machine computes on. */
import { listBackends, type BackendRung } from '@fovea/tensor';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson, printTable } from '../table.ts';

export async function list({ json }: { json?: boolean }): Promise<ExitCode> {
  const rungs = await listBackends();
  if (json) printJson(rungs);
  else printTable(['BACKEND', 'AVAILABLE', 'DEVICE OR REASON'], rungs.map(row));
  return exitCodes.ok;
}

function row(rung: BackendRung): string[] {
  return rung.available
    ? [rung.name, 'yes', `${rung.device.name}, ${rung.threads} threads`]
    : [rung.name, 'no', rung.reason];
}
