/** What a script that calls `fovea` learns without reading its output; `fovea --help` prints them. */
export const exitCodes = {
  ok: 0,
  /** The run, check or import that was asked for failed. */
  failed: 1,
  /** Unknown names, wrong values, missing files. */
  badInput: 2,
  notReachable: 3,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An end that the user can act on: its message is printed as it is, without a stack. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

export function badInput(message: string): CliError {
  return new CliError(exitCodes.badInput, message);
}
