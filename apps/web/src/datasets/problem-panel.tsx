// What scrolls must be reached by keyboard.
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex */
import type { DatasetProblem } from '@fovea/client';
import { formatInteger } from '../format/number.ts';
import { Panel } from '../ui/panel.tsx';

/** More than anyone reads; a terminal lists them all. */
const SHOWN = 200;

/** What was left out of the import, and why. */
export function ProblemPanel({ problems }: { problems: readonly DatasetProblem[] }) {
  return (
    <Panel
      title="Left out"
      aside={
        <span className="text-xs text-muted">
          {problems.length === 1 ? '1 file' : `${formatInteger(problems.length)} files`}
        </span>
      }
      flush
    >
      <ul
        tabIndex={0}
        aria-label="Files that were left out"
        className="max-h-64 overflow-y-auto py-2 focus-visible:-outline-offset-2"
      >
        {problems.slice(0, SHOWN).map(({ file, reason, message }) => (
          <li key={file} className="px-4 py-1">
            <p className="font-mono text-xs break-all">{file}</p>
            <p className="text-xs text-muted">
              <span className="text-warn">{reason.replace('-', ' ')}</span>: {message}
            </p>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          And {formatInteger(problems.length - SHOWN)} more; <code>fovea dataset show</code> lists them all.
        </p>
      )}
    </Panel>
  );
}
