'use client';
// What is dropped comes to the label; the file field in it is for the keyboard.
/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions */
import { ImageUp } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { classNames } from '../ui/class-names.ts';

interface ImageDropProps {
  file: File | null;
  onChoose: (file: File) => void;
}

/** Takes an image from a dialog, from what is dropped on it, or from what is pasted into the page. */
export function ImageDrop({ file, onChoose }: ImageDropProps) {
  const [isOver, setOver] = useState(false);
  const preview = useMemo(() => file && URL.createObjectURL(file), [file]);
  useEffect(() => (preview === null ? undefined : () => URL.revokeObjectURL(preview)), [preview]);
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const image = imageIn(clipboardData);
      if (image) onChoose(image);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [onChoose]);
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const image = imageIn(event.dataTransfer);
        if (image) onChoose(image);
      }}
      className={classNames(
        'flex aspect-square cursor-pointer flex-col items-center justify-center gap-2 overflow-hidden rounded-md border border-dashed border-line-strong text-center hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent',
        isOver && 'border-accent bg-accent-soft',
      )}
    >
      <input
        type="file"
        accept="image/*"
        aria-label="Image"
        className="sr-only"
        onChange={({ target }) => {
          const [image] = target.files ?? [];
          if (image) onChoose(image);
        }}
      />
      {preview ? (
        <img src={preview} alt={`Chosen: ${file?.name ?? ''}`} className="size-full object-contain" />
      ) : (
        <>
          <ImageUp aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
          <span className="px-4 text-muted">Choose an image, drop it here, or paste it</span>
        </>
      )}
    </label>
  );
}

function imageIn(data: DataTransfer | null): File | undefined {
  return [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
}
