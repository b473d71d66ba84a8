import type { UnitList } from '@fovea/client';
import { measures, type Measure } from '@fovea/experiments/schema';

type Column = Pick<UnitList['measures'][number], 'name' | 'subject' | 'subjectName'>;

const byName = new Map<string, Measure>(measures.map((measure) => [measure.name, measure]));

/** Undefined where another version of Fovea measured it. */
export const findMeasure = (name: string): Measure | undefined => byName.get(name);

/** "Curve selectivity · stimuli" */
export function measureText({ name, subject, subjectName }: Column): string {
  const about = subjectName ?? subject;
  const title = byName.get(name)?.title ?? name;
  return about === '' ? title : `${title} · ${about.length > 24 ? `${about.slice(0, 10)}…` : about}`;
}

/** Which end a reader looks for first. */
export const naturalDirection = (name: string): 'asc' | 'desc' =>
  byName.get(name)?.first === 'low' ? 'asc' : 'desc';
