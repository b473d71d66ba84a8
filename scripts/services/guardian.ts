/**
 * A process of its own that outlives a launcher which was killed outright: it reads `+pid` and `-pid` on its
 * standard input, and when that ends it stops every process group still listed.
 */
import { createInterface } from 'node:readline';
import { stopGroup } from './process-group.ts';

const groups = new Set<number>();
// The terminal's Ctrl-C is for the launcher, which tells the guardian by closing its input.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(pid);
  else groups.delete(pid);
}
await Promise.all([...groups].toReversed().map((pid) => stopGroup(pid, 'SIGTERM', 10_000)));
