'use client';
import { formatBytes } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { UploadProgress } from './use-upload.ts';

interface UploadProgressPanelProps {
  name: string;
  progress: UploadProgress;
  onCancel: () => void;
}

/** First the bytes go, then the server reads the images. */
export function UploadProgressPanel({ name, progress: { sent, total }, onCancel }: UploadProgressPanelProps) {
  const isSent = total > 0 && sent >= total;
  const text = `${formatBytes(sent)} of ${formatBytes(total)}`;
  return (
    <div className="flex flex-col gap-3 p-4" aria-live="polite">
      <p className="font-medium">{isSent ? 'Reading the images …' : `Sending ${name}`}</p>
      <ProgressBar label="Sent" value={sent} total={total} valueText={text} />
      <div className="flex items-center justify-between gap-3">
        <span className="text-muted tabular-nums">
          {isSent ? 'Each is checked, and what cannot be read will be listed.' : text}
        </span>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </div>
  );
}
