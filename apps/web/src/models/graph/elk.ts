/** ELK in a worker of its own, which starts with the first graph and serves all the others. */
import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';

let elk: InstanceType<typeof ELK> | undefined;

export function layOut(graph: ElkNode): Promise<ElkNode> {
  elk ??= new ELK({
    workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url)),
  });
  return elk.layout(graph);
}
