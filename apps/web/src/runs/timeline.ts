/** What the events of a run add up to, so far. */
import type { RunEvent } from '@fovea/client';

export interface Point {
  readonly step: number;
  readonly value: number;
}

export interface Preview {
  readonly step: number;
  readonly url: string;
}

export interface LogLine {
  readonly at: string;
  readonly level: 'info' | 'warning' | 'status';
  readonly message: string;
}

export interface Timeline {
  /** Of the newest event; the stream resumes after it. */
  readonly sequence: number;
  readonly step: number;
  readonly total: number;
  readonly stepsPerSecond: number | null;
  readonly losses: readonly Point[];
  readonly metrics: Readonly<Record<string, readonly Point[]>>;
  readonly previews: readonly Preview[];
  readonly log: readonly LogLine[];
  /** How many artifacts have been stored. */
  readonly artifacts: number;
}

export const emptyTimeline: Timeline = {
  sequence: 0,
  step: 0,
  total: 0,
  stepsPerSecond: null,
  losses: [],
  metrics: {},
  previews: [],
  log: [],
  artifacts: 0,
};

export function addEvent(timeline: Timeline, event: RunEvent): Timeline {
  if (event.sequence <= timeline.sequence) return timeline;
  return { ...timeline, ...change(timeline, event), sequence: event.sequence };
}

function change(timeline: Timeline, event: RunEvent): Partial<Timeline> {
  switch (event.type) {
    case 'progress': {
      const { step, total, loss, stepsPerSecond } = event.data;
      const losses = loss === null ? timeline.losses : insert(timeline.losses, { step, value: loss });
      return { step, total, stepsPerSecond, losses };
    }
    case 'metric': {
      const { name, step, value } = event.data;
      return {
        metrics: { ...timeline.metrics, [name]: insert(timeline.metrics[name] ?? [], { step, value }) },
      };
    }
    case 'preview': {
      const { step, url } = event.data;
      return { previews: insert(timeline.previews, { step, url }) };
    }
    case 'log':
      return { log: [...timeline.log, { at: event.createdAt, ...event.data }] };
    case 'status':
      return {
        log: [...timeline.log, { at: event.createdAt, level: 'status', message: statusMessage(event.data) }],
      };
    case 'artifact':
      return {
        artifacts: timeline.artifacts + 1,
        log: [...timeline.log, { at: event.createdAt, level: 'info', message: `Stored ${event.data.name}` }],
      };
    case 'units':
    case 'layer':
      return {
        log: [...timeline.log, { at: event.createdAt, level: 'info', message: findingMessage(event) }],
      };
    default:
      return {};
  }
}

/** A run that resumed from a checkpoint goes through some steps again: the later account replaces the earlier. */
function insert<Item extends { step: number }>(items: readonly Item[], item: Item): readonly Item[] {
  const last = items.at(-1);
  const kept = last && last.step >= item.step ? items.filter(({ step }) => step < item.step) : items;
  return [...kept, item];
}

function findingMessage(event: Extract<RunEvent, { type: 'units' | 'layer' }>): string {
  const { layer, kind } = event.data;
  const what = event.type === 'units' ? `${event.data.units} units of ${layer}` : layer;
  return `Stored what ${kind} found about ${what}`;
}

function statusMessage({ status, attempt, error }: Extract<RunEvent, { type: 'status' }>['data']): string {
  const nth = attempt !== undefined && attempt > 1 ? `, attempt ${attempt}` : '';
  return error ? `${status}${nth}: ${error.message}` : `${status}${nth}`;
}
