/** The values of a parameter as one types them: `0, 45, 90`, or `0:360:15` for 0 to below 360 in steps of 15. */
import type { StimulusValue } from '@fovea/data/stimuli';

const RANGE = /^(-?[\d.]+):(-?[\d.]+):([\d.]+)$/;

/** More cannot be meant. */
const longest = 10_000;

/** Text that is no list of values is handed on as it stands, for the parameter's schema to refuse. */
export function valuesOf(text: string): StimulusValue[] {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  return parts.flatMap((part) => rangeOf(part) ?? [valueOf(part)]);
}

function rangeOf(part: string): number[] | null {
  const match = RANGE.exec(part);
  if (!match) return null;
  const [from, to, step] = match.slice(1).map(Number) as [number, number, number];
  const count = Math.ceil((to - from) / step);
  if (!(count > 0 && count <= longest)) return null;
  return Array.from({ length: count }, (_, index) => from + index * step);
}

function valueOf(part: string): StimulusValue {
  if (part === 'none') return null;
  if (part === 'yes' || part === 'no') return part === 'yes';
  const number = Number(part);
  return Number.isNaN(number) ? part : number;
}

/** So that `valuesOf` reads the same again; evenly spaced numbers as a range. */
export function textOf(values: readonly StimulusValue[]): string {
  const range = rangeText(values);
  if (range !== null) return range;
  return values
    .map((value) => {
      if (value === null) return 'none';
      if (typeof value === 'boolean') return value ? 'yes' : 'no';
      return String(value);
    })
    .join(', ');
}

function rangeText(values: readonly StimulusValue[]): string | null {
  if (values.length < 5 || !values.every((value) => typeof value === 'number')) return null;
  const [first, second] = values as [number, number];
  const step = second - first;
  if (step <= 0 || values.some((value, index) => value !== first + index * step)) return null;
  return `${first}:${first + values.length * step}:${step}`;
}
