/** Progress of downloads: a bar on a terminal, a line now and then elsewhere, nothing for programs. */
import { SingleBar } from 'cli-progress';

export interface DownloadProgress {
  readonly update: (file: string, bytes: number, total: number | undefined) => void;
  readonly end: () => void;
}

export function downloadProgress(json: boolean): DownloadProgress {
  if (json) return { update: () => {}, end: () => {} };
  return process.stderr.isTTY ? bars() : lines();
}

function bars(): DownloadProgress {
  let bar: SingleBar | undefined;
  let shown: string | undefined;
  const end = () => bar?.stop();
  return {
    update(file, bytes, total = bytes) {
      const values = { file, done: mebibytes(bytes), all: mebibytes(total) };
      if (shown === file) {
        bar!.setTotal(total);
        bar!.update(bytes, values);
        return;
      }
      end();
      shown = file;
      bar = new SingleBar({
        format: ' {bar} {done} of {all} MiB of {file}, {eta_formatted} left',
        barsize: 30,
        hideCursor: true,
      });
      bar.start(total, bytes, values);
    },
    end,
  };
}

function lines(): DownloadProgress {
  let toldAt = 0;
  return {
    update(file, bytes, total) {
      if (bytes !== total && Date.now() - toldAt < 5_000) return;
      toldAt = Date.now();
      const all = total === undefined ? '' : ` of ${mebibytes(total)}`;
      process.stderr.write(`${file}: ${mebibytes(bytes)}${all} MiB\n`);
    },
    end: () => {},
  };
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
