import { z } from 'zod';

/** On what a run computed, as results of every kind name it. */
export const engineSchema = z.strictObject({
  backend: z.string().describe('`onnxruntime` where what repeats was compiled'),
  version: z.string().optional().describe('Of onnxruntime'),
  provider: z.string().optional().describe('What of onnxruntime computed: `cpu`, `webgpu` or `cuda`'),
  notCompiled: z.string().optional().describe('Why it was not compiled'),
});
