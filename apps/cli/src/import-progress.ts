/** Progress of an import: a bar on a terminal, where it is known how much there is; otherwise nothing. */
import { SingleBar } from 'cli-progress';
import type { ImportProgress } from '@fovea/data';

export interface ImportProgressBar {
  readonly update: (progress: ImportProgress) => void;
  readonly end: () => void;
}

export function importProgress(json: boolean): ImportProgressBar {
  if (json || !process.stderr.isTTY) return { update: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: ' {bar} {value} of {total} files, {eta_formatted} left',
    barsize: 30,
    hideCursor: true,
  });
  let started = false;
  return {
    update({ files, count }) {
      if (started) bar.setTotal(count ?? files);
      else bar.start(count ?? files, 0);
      started = true;
      bar.update(files);
    },
    end: () => bar.stop(),
  };
}
