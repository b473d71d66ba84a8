/** Run by a test as a process of its own: loads a file of weights onto the engine, and says what memory that took. */
import { startBackend } from '@fovea/tensor';
import { openSafetensors } from '../checkpoint/safetensors.ts';
import { readWeights } from '../weights.ts';

const [path, backend] = process.argv.slice(2) as [string, string];
await startBackend({ force: backend });

const before = process.memoryUsage.rss();
await using checkpoint = await openSafetensors(path);
const specs = [...checkpoint.tensors].map(([name, { shape }]) => ({
  name,
  shape,
  toEngine: { 2: [1, 0], 4: [2, 3, 1, 0] }[shape.length],
}));
const weights = await readWeights(specs, checkpoint);

const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ tensors: weights.size, grown: peak - before }));
