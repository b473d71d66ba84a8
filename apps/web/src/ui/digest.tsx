'use client';
import { CopyButton } from './copy-button.tsx';

const SHOWN = 12;

/** A sha256, shortened to what the eye can compare, whole for the clipboard. */
export function Digest({ value, what }: { value: string; what: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code className="font-mono text-xs" title={value}>
        {value.slice(0, SHOWN)}
      </code>
      <CopyButton text={value} what={what} />
    </span>
  );
}
