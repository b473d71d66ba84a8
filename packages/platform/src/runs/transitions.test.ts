/** Whatever workers, users and sweepers do to a run, in whatever order and at once: the rules hold. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunStatus } from '../../../../prisma/generated/client.ts';
import { isPlatformError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { ensureLocalOwner, type Owner } from '../registry/owner.ts';
import { registerModel } from '../registry/models.ts';
import { openTestPlatform, testManifest, testWeights } from '../testing/index.ts';
import { registerWorker } from '../workers.ts';
import { requestCancel } from './cancel.ts';
import { claimRun, renewLease, type Claim } from './claim.ts';
import { createRun } from './create.ts';
import { listEvents } from './event-log.ts';
import { requireRun } from './find.ts';
import { completeRun, failRun, giveBackRun, markCancelled, recoverRun } from './finish.ts';
import { recordEvents } from './record-events.ts';
import { retryRun } from './retry.ts';
import { sweepExpiredRuns } from './sweep.ts';
import { transitions } from './transitions.ts';

let platform: Platform;
let owner: Owner;
let workerIds: string[];

beforeAll(async () => {
  platform = await openTestPlatform();
  owner = await ensureLocalOwner(platform.db);
  await platform.store.put(testWeights);
  await registerModel(platform, testManifest());
  const device = { name: 'cpu', memoryBytes: null };
  const about = { hostname: 'here', pid: 1, backend: 'cpu', device, codeVersion: 'test', concurrency: 1 };
  const workers = [
    await registerWorker(platform.db, { ...about, name: 'one' }),
    await registerWorker(platform.db, { ...about, name: 'two' }),
  ];
  workerIds = workers.map(({ id }) => id);
});
afterAll(() => platform.close());

/** What one run went through in one test. */
interface World {
  readonly runId: string;
  /** Every claim that was ever granted: their holders go on writing, as zombies do. */
  readonly claims: Claim[];
  /** Writes that were accepted: by which claim, and which was the newest when it was asked for. */
  readonly obeyed: { held: Claim; newest: Claim | undefined }[];
}

type Command = (world: World) => Promise<unknown>;

const failure = { fault: 'platform', code: 'TEST', message: 'test' } as const;

const claim =
  (worker: number, leaseSeconds: number): Command =>
  async ({ runId, claims }) => {
    const request = { runId, workerId: workerIds[worker]!, leaseSeconds, backend: 'cpu' };
    const claimed = await claimRun(platform.db, request);
    if (claimed) claims.push(claimed.claim);
  };

/** By the holder of the newest claim, or of an older one. */
const byHolder =
  (act: (claim: Claim) => Promise<unknown>) =>
  (age: number): Command =>
  async ({ claims, obeyed }) => {
    const held = claims.at(-1 - age);
    if (!held) return;
    const newest = claims.toSorted((a, b) => a.number - b.number).at(-1);
    await act(held);
    obeyed.push({ held, newest });
  };

const holderActs = {
  renew: byHolder((held) => renewLease(platform.db, held, 60)),
  letLapse: byHolder((held) => renewLease(platform.db, held, -1)),
  progress: byHolder((held) =>
    recordEvents(platform, held, [
      { type: 'progress', step: held.number, total: 64, loss: 0 },
      { type: 'checkpoint', step: held.number, bytes: Buffer.from(`${held.runId} ${held.number}`) },
    ]),
  ),
  complete: byHolder((held) => completeRun(platform, held, {})),
  fail: byHolder((held) => failRun(platform.db, held, failure)),
  giveBack: byHolder((held) => giveBackRun(platform, held)),
  recover: byHolder((held) => recoverRun(platform, held, failure)),
  cancelled: byHolder((held) => markCancelled(platform.db, held)),
};

const anyoneActs: Record<string, Command> = {
  cancel: ({ runId }) => requestCancel(platform, runId),
  retry: ({ runId }) => retryRun(platform, runId),
  sweep: () => sweepExpiredRuns(platform),
};

/** Named, so that a counterexample can be read. */
const command = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant('claim'), fc.nat(1), fc.constantFrom(60, -1)) },
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...Object.keys(holderActs)), fc.nat(2)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...Object.keys(anyoneActs))) },
);

function commandOf([name, first = 0, second = 0]: readonly [string, number?, number?]): Command {
  if (name === 'claim') return claim(first, second);
  return anyoneActs[name] ?? holderActs[name as keyof typeof holderActs](first);
}

const expectedRefusals = new Set<string>(['CLAIM_LOST', 'TRANSITION_ILLEGAL']);

async function attempt(world: World, act: Command): Promise<void> {
  try {
    await act(world);
  } catch (error) {
    if (!isPlatformError(error) || !expectedRefusals.has(error.code)) throw error;
  }
}

let seed = 0;
async function newWorld(): Promise<World> {
  const input = { model: 'tiny', objective: 'mixed1:3', steps: 64 };
  const request = { kind: 'feature-visualization', input, seed: seed++ };
  const { run } = await createRun(platform, request, { ...owner, codeVersion: 'test' });
  return { runId: run.id, claims: [], obeyed: [] };
}

const moves = new Set(
  Object.values(transitions).flatMap(({ from, to }) => from.map((status) => `${status} to ${to}`)),
);

async function expectRulesHold({ runId, claims, obeyed }: World): Promise<void> {
  const run = await requireRun(platform.db, runId);
  const events = await listEvents(platform.db, runId);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index + 1));
  expect(run.sequence).toBe(events.length);

  const statuses = events
    .filter(({ type }) => type === 'status')
    .map(({ data }) => (data as { status: RunStatus }).status);
  expect(statuses.at(-1)).toBe(run.status);
  for (const [index, status] of statuses.slice(1).entries())
    expect(moves).toContain(`${statuses[index]} to ${status}`);

  for (const { held, newest } of obeyed) expect(held).toBe(newest);
  // What a claim wrote lies between its start and the next change of status.
  const log = events
    .filter(({ type }) => type === 'status' || type === 'progress')
    .map(({ data }) => data as { status?: RunStatus; step?: number });
  const startsBefore = log.map(
    (_event, index) => log.slice(0, index).filter(({ status }) => status === 'running').length,
  );
  for (const [index, { step }] of log.entries())
    expect(step ?? startsBefore[index]).toBe(startsBefore[index]);

  const starts = statuses.filter((status) => status === 'running').length;
  expect(run.claims).toBe(starts);
  expect(new Set(claims.map(({ number }) => number)).size).toBe(claims.length);
  expect(claims.length).toBe(starts);

  expect(run.leaseExpiresAt !== null).toBe(run.status === 'running');
  expect(run.finishedAt !== null).toBe(['succeeded', 'failed', 'cancelled'].includes(run.status));
  expect(run.error !== null).toBe(run.status === 'failed');
  expect(run.attempt).toBeLessThanOrEqual(run.maxAttempts);
  expect(run.status === 'queued' ? run.workerId : null).toBeNull();
  const lastWorker = claims.at(-1)?.workerId;
  expect(run.status === 'running' ? run.workerId : lastWorker).toBe(lastWorker);
  expect(await platform.db.checkpoint.count({ where: { runId } })).toBeLessThanOrEqual(2);
}

/** Milliseconds: a busy machine checks fewer sequences. */
const timeLimit = 20_000;

test('no sequence of commands reaches an illegal state', () =>
  fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 3, maxLength: 20 }), async (commands) => {
      const world = await newWorld();
      for (const each of commands) await attempt(world, commandOf(each));
      await expectRulesHold(world);
    }),
    { numRuns: 40, interruptAfterTimeLimit: timeLimit },
  ));

test('nor do commands given at once', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(command, { minLength: 2, maxLength: 6 }), { minLength: 2, maxLength: 5 }),
      async (rounds) => {
        const world = await newWorld();
        for (const round of rounds) await Promise.all(round.map((each) => attempt(world, commandOf(each))));
        world.claims.sort((a, b) => a.number - b.number);
        await expectRulesHold(world);
      },
    ),
    { numRuns: 25, interruptAfterTimeLimit: timeLimit },
  ));
