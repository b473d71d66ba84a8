'use client';
import type { Dataset } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Field } from '../form/field.tsx';
import { formatInteger } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { DropZone } from './drop-zone.tsx';
import { nameOfFile } from './name-of-file.ts';
import { datasetsQuery } from './queries.ts';
import { UploadProgressPanel } from './upload-progress.tsx';
import type { UploadRequest } from './upload-archive.ts';
import { useUpload } from './use-upload.ts';

const classFromOptions = [
  {
    value: 'folder',
    label: 'The first folder',
    hint: 'Below train, validation and test, where there are such',
  },
  { value: 'parent', label: 'The folder each image lies in' },
  { value: 'none', label: 'Nowhere: images have no class' },
] as const;

const blank = { name: '', license: '', source: '', description: '', classFrom: 'folder' } as const;

interface UploadDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A file that was dropped on the page. */
  dropped: File | null;
}

/** Closing it does not stop an upload: that asks for its own button. */
export function UploadDialog({ open, onOpenChange, dropped }: UploadDialogProps) {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(dropped);
  const [fields, setFields] = useState<Omit<UploadRequest, 'file'>>({
    ...blank,
    name: dropped ? nameOfFile(dropped.name) : '',
  });
  const names = useQuery({ ...datasetsQuery, select: ({ items }) => items.map(({ name }) => name) });
  const upload = useUpload((dataset) => {
    announce(dataset);
    router.push(`/datasets/${encodeURIComponent(dataset.name)}`);
  });
  const isTaken = names.data?.includes(fields.name) ?? false;

  const change = (changes: Partial<typeof fields>) => setFields((before) => ({ ...before, ...changes }));

  function choose(chosen: File) {
    setFile(chosen);
    if (fields.name === '' || fields.name === nameOfFile(file?.name ?? ''))
      change({ name: nameOfFile(chosen.name) });
    upload.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (file) upload.mutate({ ...fields, file });
  }

  return (
    <Dialog
      title="Upload a dataset"
      open={open}
      onOpenChange={(next) => upload.isPending || onOpenChange(next)}
    >
      {upload.isPending ? (
        <UploadProgressPanel name={fields.name} progress={upload.progress} onCancel={upload.cancel} />
      ) : (
        <form onSubmit={submit} className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
          <DropZone file={file} onChoose={choose} />
          {upload.isError && upload.error.name !== 'AbortError' && (
            <Notice tone="error" title="Nothing was imported">
              {upload.error.message}
            </Notice>
          )}
          <Field
            label="Name"
            help={
              isTaken
                ? 'Another dataset has this name: the name will mean the new one, and runs keep theirs.'
                : undefined
            }
          >
            {(control) => (
              <TextInput
                {...control}
                required
                maxLength={64}
                pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
                title="Letters, digits, dots, dashes and underscores, beginning with a letter or digit"
                value={fields.name}
                onChange={({ target }) => change({ name: target.value })}
              />
            )}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Licence" note="optional">
              {(control) => (
                <TextInput
                  {...control}
                  placeholder="CC-BY-4.0"
                  maxLength={200}
                  value={fields.license}
                  onChange={({ target }) => change({ license: target.value })}
                />
              )}
            </Field>
            <Field label="Source" note="optional">
              {(control) => (
                <TextInput
                  {...control}
                  placeholder="Where the images come from"
                  maxLength={500}
                  value={fields.source}
                  onChange={({ target }) => change({ source: target.value })}
                />
              )}
            </Field>
          </div>
          <Field label="Description" note="optional">
            {(control) => (
              <TextInput
                {...control}
                maxLength={2000}
                value={fields.description}
                onChange={({ target }) => change({ description: target.value })}
              />
            )}
          </Field>
          <Field
            label="Class of an image"
            help="An index file (index.csv or index.json) in the archive goes before."
          >
            {(control) => (
              <Select
                {...control}
                value={fields.classFrom}
                options={classFromOptions}
                onChange={(classFrom) => change({ classFrom: classFrom as UploadRequest['classFrom'] })}
              />
            )}
          </Field>
          <div className="flex justify-end">
            <Button type="submit" look="primary" disabled={!file}>
              Upload
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function announce({ name, images, problemCount }: Dataset): void {
  const title = `${name}: ${formatInteger(images)} images imported`;
  if (problemCount === 0) toast.success(title);
  else
    toast.warning(title, {
      description: `${formatInteger(problemCount)} files were left out; the page lists them`,
    });
}
