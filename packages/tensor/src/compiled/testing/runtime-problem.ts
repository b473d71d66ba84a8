import { RuntimeUnavailableError } from '../errors.ts';
import { runtimeVersion } from '../runtime/session.ts';

/** Why onnxruntime cannot run on this machine; undefined where it can. */
export async function runtimeProblem(): Promise<string | undefined> {
  try {
    await runtimeVersion();
    return undefined;
  } catch (error) {
    if (error instanceof RuntimeUnavailableError) return error.message;
    throw error;
  }
}
