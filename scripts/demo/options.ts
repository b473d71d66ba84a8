import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Do one run without a dashboard, and exit. */
  readonly once: boolean;
  readonly json: boolean;
  /** Of the dashboard; the API gets the next one where that is free. */
  readonly port: number | undefined;
}

export const usage = `npm run demo -- [--once] [--json] [--port N]

Starts everything on this machine, makes one feature visualization, and stays up until Ctrl-C.

  --once    do the run without the dashboard, then exit
  --json    print machine-readable lines to standard output, progress to standard error
  --port N  address of the dashboard (default 3000, or a free port where that is taken)`;

/** Throws an Error whose message is fit to print. */
export function parseOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { once: { type: 'boolean' }, json: { type: 'boolean' }, port: { type: 'string' } },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}"`);
  }
  return { once: values.once ?? false, json: values.json ?? false, port };
}
