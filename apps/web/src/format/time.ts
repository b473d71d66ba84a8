const LOCALE = 'en-GB';

const moment = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const formatMoment = (date: string | Date) => moment.format(new Date(date));

/** "3 min. ago", "now". */
export function formatAge(date: string | Date, now: number): string {
  const elapsed = new Date(date).getTime() - now;
  const size = Math.abs(elapsed);
  if (size < 5 * SECOND) return 'now';
  if (size < MINUTE) return relative.format(Math.round(elapsed / SECOND), 'second');
  if (size < HOUR) return relative.format(Math.round(elapsed / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.round(elapsed / HOUR), 'hour');
  return relative.format(Math.round(elapsed / DAY), 'day');
}

/** Milliseconds as "850 ms", "12.4 s", "3 min 05 s", "2 h 04 min". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < MINUTE) return `${(milliseconds / SECOND).toFixed(1)} s`;
  const pad = (value: number) => String(value).padStart(2, '0');
  if (milliseconds < HOUR) {
    const seconds = Math.round(milliseconds / SECOND);
    return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  }
  const minutes = Math.round(milliseconds / MINUTE);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}
