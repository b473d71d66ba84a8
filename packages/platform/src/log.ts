import { pino, type Logger } from 'pino';

export type { Logger };

/** JSON lines on standard output, one logger per process; children add what they speak of. */
export const createLogger = (name: string, level = 'info'): Logger =>
  pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime });
