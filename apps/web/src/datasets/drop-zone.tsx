'use client';
// Dropping is for the mouse; the field inside does the same by keyboard.
/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions */
import { FileArchive } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { formatBytes } from '../format/number.ts';
import { classNames } from '../ui/class-names.ts';

interface DropZoneProps {
  file: File | null;
  onChoose: (file: File) => void;
}

/** A file, dropped or chosen. */
export function DropZone({ file, onChoose }: DropZoneProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onChoose(dropped);
  }

  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={classNames(
        'flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-dashed px-4 py-6 text-center',
        'focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong/60 hover:bg-sunken',
      )}
    >
      <FileArchive aria-hidden className="mb-1 size-6 text-muted" strokeWidth={1.5} />
      <span className="font-medium break-all">
        {file ? file.name : 'Drop an archive here, or choose one'}
      </span>
      <span className="text-xs text-muted">
        {file
          ? formatBytes(file.size)
          : 'zip, tar or tar.gz of images in folders by class; CIFAR or MNIST files'}
      </span>
      <input
        id={id}
        type="file"
        className="sr-only"
        accept=".zip,.tar,.tgz,.gz,.bin,application/zip,application/x-tar,application/gzip"
        onChange={({ target }) => target.files?.[0] && onChoose(target.files[0])}
      />
    </label>
  );
}
