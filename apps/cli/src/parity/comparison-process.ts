import { isOutOfMemory } from '@fovea/tensor';
import { compareFile } from './compare-file.ts';
import { startParityEngine } from './engine.ts';
import type { Comparison } from './comparison.ts';

const [path, engine] = process.argv.slice(2);
process.send!(await answer(), () => process.exit());

async function answer(): Promise<Omit<Comparison, 'file'>> {
  try {
    const { evaluate } = await startParityEngine(engine);
    return { result: await compareFile(path!, evaluate) };
  } catch (error) {
    if (isOutOfMemory(error)) return { error: outOfMemory(error as Error) };
    const { name, message } = error as Error;
    return { error: { name, message } };
  }
}

function outOfMemory({ message }: Error): { name: string; message: string } {
  return {
    name: 'OutOfMemoryError',
    message: `The network does not fit into the memory that this backend can address (${message}). --backend onnxruntime has no such bound.`,
  };
}
