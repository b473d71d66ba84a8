import type { Figure } from '../figure.ts';
import { startStepProcess, type Report } from '../step-process.ts';

/** Resident memory of a process that makes one picture: Node, the engine, the weights and one session. */
export function memoryFigure(model: string, layer: string): Figure {
  const residentAfter = async (engine: 'compiled' | 'eager', seconds: number): Promise<Report> => {
    using running = await startStepProcess({ job: { model, layer }, engine });
    return await running.run(seconds);
  };
  return {
    name: `memory:${model}:${layer}`,
    title: `Memory of a process with one step, ${model} ${layer}`,
    async measure() {
      const compiled = await residentAfter('compiled', 3);
      const eager = await residentAfter('eager', 1);
      const megabytes = ({ residentBytes }: Report) => residentBytes.after / 1e6;
      return {
        ours: { what: 'compiled', value: megabytes(compiled), unit: 'MB' },
        reference: { what: 'eager', value: megabytes(eager), unit: 'MB' },
        ratio: megabytes(compiled) / megabytes(eager),
        ratioOf: 'ours / reference',
        note: `${(compiled.residentBytes.before / 1e6).toFixed(0)} MB before the model was loaded`,
      };
    },
  };
}
