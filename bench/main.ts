/**
 * `npm run bench [-- --only NAME] [--list] [--json] [--peer COMMAND [--pairs N]] [--write FILE]`: docs/benchmarks.md
 * says what is measured. The API's benches need servers, so they run only by name.
 */
import { CompileError, startBackend } from '../packages/tensor/src/index.ts';
import { benchApi } from './api.ts';
import type { Figure } from './figure.ts';
import { figures } from './figures/all.ts';
import { benchGradients, gradientTable } from './gradients.ts';
import { OrderError, readOrder, type Order } from './order.ts';
import { compare, type Comparison } from './pairs.ts';
import { peerBody, PeerError } from './peer.ts';
import { describeMachine, markdownOf, rowOf, type MeasuredFigure } from './report.ts';
import { benchUnits } from './units.ts';
import { writeResults } from './written-results.ts';

try {
  await bench(readOrder(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof OrderError || error instanceof PeerError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof OrderError ? 2 : 1;
}

async function bench(order: Order): Promise<void> {
  if (order.list) return list();
  // Before the first model is made.
  await startBackend();
  const say = order.json ? console.error : console.log;
  const measured: MeasuredFigure[] = [];
  const notMeasured: { figure: string; reason: string }[] = [];
  for (const figure of order.figures) {
    try {
      const result = await measure(figure, order);
      say(Object.values(rowOf(result)).join('  '));
      measured.push(result);
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      say(`${figure.name}  not measured: ${error.message}`);
      notMeasured.push({ figure: figure.name, reason: error.message });
    }
  }
  const machine = await describeMachine();
  if (order.write !== undefined) await writeResults(order.write, await markdownOf(measured, machine));
  const result: Record<string, unknown> = {
    date: new Date().toISOString(),
    machine,
    figures: measured,
    notMeasured,
  };
  if (order.peer !== undefined) result.peerRatio = measured[0]?.peer?.ratio ?? null;
  if (order.tables.includes('gradients')) {
    const checks = await benchGradients();
    for (const line of gradientTable(checks)) say(line);
    result.gradients = checks;
  }
  if (order.tables.includes('api')) result.api = await benchApi(say);
  if (order.tables.includes('units')) result.units = await benchUnits(say);
  if (order.json) console.log(JSON.stringify(result));
  else if (measured.length > 0) console.table(measured.map(rowOf));
}

async function measure(figure: Figure, { peer, peerPairs }: Order): Promise<MeasuredFigure> {
  const { name, title } = figure;
  if (peer === undefined) return { figure: name, title, ...(await figure.measure()) };
  // First, since a peer may fail.
  const comparison = await comparePeer(figure, peer, peerPairs);
  return { figure: name, title, ...(await figure.measure()), peer: { command: peer, ...comparison } };
}

async function comparePeer(figure: Figure, command: string, pairs: number): Promise<Comparison> {
  await using ours = await figure.body!();
  await using peer = peerBody(command);
  return await compare(ours, peer, pairs);
}

function list(): void {
  for (const { name, title } of figures) console.log(`${name.padEnd(56)}${title}`);
  console.log(
    `${'gradients'.padEnd(56)}Gradients of every op against finite differences, on every backend of this machine`,
  );
  console.log(`${'api'.padEnd(56)}Answers of the API with 100,000 runs in its table`);
  console.log(`${'units'.padEnd(56)}Answers of the API about units with 100,000 of them in its tables`);
}
