/** `fovea`: the same runs as the dashboard's, from a terminal, with or without a server. */
import { ProblemError } from '@fovea/client';
import { CommanderError } from 'commander';
import { CliError, exitCodes, type ExitCode } from './exit-codes.ts';
import { fovea } from './program.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of the pipe has seen enough, as `head` has.
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

async function main(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = fovea((code) => {
    exitCode = code;
  });
  try {
    for (const command of [
      program,
      ...program.commands,
      ...program.commands.flatMap((one) => one.commands),
    ]) {
      command.exitOverride();
    }
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
    process.stderr.write(`${messageOf(error)}\n`);
    return await exitCodeOf(error);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof ProblemError)) return error instanceof Error ? error.message : String(error);
  const { detail, errors = [] } = error.problem;
  return [detail, ...errors.map(({ pointer, detail: what }) => `  ${pointer}: ${what}`)].join('\n');
}

/** Errors of the packages below say by themselves whether what was asked is at fault. */
async function exitCodeOf(error: unknown): Promise<ExitCode> {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof ProblemError)
    return error.problem.status < 500 ? exitCodes.badInput : exitCodes.failed;
  const { failureOf } = await import('@fovea/experiments');
  return failureOf(error).fault === 'input' ? exitCodes.badInput : exitCodes.failed;
}

const exitCode = await main(process.argv.slice(2));
// A pipe takes 64 KB at a time, and what it has not taken would be lost.
process.stdout.write('', () => process.exit(exitCode));
