/** Every op's gradient against finite differences, on every backend of this machine. */
import {
  checkGradients,
  startBackend,
  type BackendName,
  type GradientCheck,
} from '../packages/tensor/src/index.ts';
import { backendsHere } from './backends.ts';

export async function benchGradients(): Promise<GradientCheck[]> {
  const checks: GradientCheck[] = [];
  for (const backend of await backendsHere()) {
    await startBackend({ force: backend });
    checks.push(...(await checkGradients(backend)));
  }
  return checks;
}

/** Lines of a table op × backend, of maximum relative errors. */
export function gradientTable(checks: readonly GradientCheck[]): string[] {
  const backends = [...new Set(checks.map((check) => check.backend))];
  const ops = [...new Set(checks.map((check) => check.op))];
  const cell = (op: string, backend: BackendName) => {
    const error = checks.find((check) => check.op === op && check.backend === backend)?.maxRelativeError;
    return (error === null || error === undefined ? 'cannot run' : error.toExponential(1)).padStart(14);
  };
  return [
    'Maximum relative error of gradients against finite differences:',
    `${'op'.padEnd(30)}${backends.map((backend) => backend.padStart(14)).join('')}`,
    ...ops.map((op) => `${op.padEnd(30)}${backends.map((backend) => cell(op, backend)).join('')}`),
  ];
}
