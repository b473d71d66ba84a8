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
    const { name, message } = error as Error;
    return { error: { name, message } };
  }
}
