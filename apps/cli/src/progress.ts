/** Progress of a run: a bar on a terminal, a line now and then elsewhere, JSON lines for programs. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  step(step: number, total: number, loss: number | null): void;
  log(message: string): void;
  /** Anything that only programs care about. */
  event(event: Record<string, unknown>): void;
  end(): void;
}

export function progressFor(json: boolean): Progress {
  if (json) return jsonProgress();
  return process.stderr.isTTY ? barProgress() : lineProgress();
}

function jsonProgress(): Progress {
  const event = (value: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(value)}\n`);
  return {
    step: (step, total, loss) => event({ type: 'progress', step, total, loss }),
    log: (message) => event({ type: 'log', message }),
    event,
    end: () => {},
  };
}

function barProgress(): Progress {
  const bar = new SingleBar({
    format: ' {bar} {value}/{total} steps, {eta_formatted} left, loss {loss}',
    barsize: 30,
    hideCursor: true,
    stopOnComplete: false,
  });
  let started = false;
  return {
    step(step, total, loss) {
      const payload = { loss: loss === null ? '–' : loss.toPrecision(4) };
      if (!started) bar.start(total, step, payload);
      else bar.update(step, payload);
      started = true;
    },
    log(message) {
      // Clears the bar's line; its next update draws it again below the message.
      process.stderr.write(`\r\u001b[K${message}\n`);
    },
    event: () => {},
    end() {
      if (started) bar.stop();
    },
  };
}

function lineProgress(): Progress {
  let toldAt = 0;
  return {
    step(step, total, loss) {
      if (step < total && Date.now() - toldAt < 5_000) return;
      toldAt = Date.now();
      process.stderr.write(`${step}/${total} steps${loss === null ? '' : `, loss ${loss.toPrecision(4)}`}\n`);
    },
    log: (message) => process.stderr.write(`${message}\n`),
    event: () => {},
    end: () => {},
  };
}
