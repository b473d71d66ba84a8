import type { RunEvent } from '@fovea/client';
import { describe, expect, it } from 'vitest';
import { addEvent, emptyTimeline } from './timeline.ts';

const createdAt = '2026-01-01T12:00:00Z';

const progress = (sequence: number, step: number, loss: number | null): RunEvent => ({
  sequence,
  type: 'progress',
  createdAt,
  data: { step, total: 100, loss, stepsPerSecond: 10 },
});

const fold = (events: RunEvent[]) => events.reduce(addEvent, emptyTimeline);

describe('the timeline of a run', () => {
  it('collects losses by step', () => {
    const timeline = fold([progress(1, 1, -0.1), progress(2, 2, null), progress(3, 3, -0.4)]);
    expect(timeline.losses).toEqual([
      { step: 1, value: -0.1 },
      { step: 3, value: -0.4 },
    ]);
    expect(timeline).toMatchObject({ sequence: 3, step: 3, total: 100, stepsPerSecond: 10 });
  });

  it('takes an event that comes twice once', () => {
    const once = fold([progress(1, 1, -0.1)]);
    expect(addEvent(once, progress(1, 1, -0.1))).toBe(once);
  });

  it('lets a resumed attempt replace the steps that it repeats', () => {
    const timeline = fold([progress(1, 1, -1), progress(2, 2, -2), progress(3, 3, -3), progress(4, 2, -2)]);
    expect(timeline.losses.map(({ step }) => step)).toEqual([1, 2]);
  });

  it('says in the log why a run failed', () => {
    const error = { fault: 'model' as const, code: 'nan_loss', message: 'The loss is NaN at step 7' };
    const { log } = fold([
      {
        sequence: 1,
        type: 'status',
        createdAt,
        data: { status: 'failed', attempt: 2, workerId: null, error },
      },
    ]);
    expect(log[0]?.message).toBe('failed, attempt 2: The loss is NaN at step 7');
  });
});
