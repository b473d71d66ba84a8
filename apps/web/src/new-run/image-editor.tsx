'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormSurroundings, type EditorProps } from '../form/editor.ts';
import { Field } from '../form/field.tsx';
import { ImageDrop } from '../search/image-drop.tsx';
import { uploadImage } from '../search/upload-image.ts';
import { TextInput } from '../ui/text-input.tsx';

/** An image of the reader's own: uploaded when it is chosen, and named by its hash in the input. */
export function ImageEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const [file, setFile] = useState<File | null>(null);
  const upload = useMutation({ mutationFn: uploadImage, onSuccess: onChange });
  return (
    <Field
      label={label}
      help={upload.isPending ? 'Uploading …' : schema.description}
      error={upload.error?.message ?? errorAt(path)}
    >
      {(control) => (
        <div className="flex flex-col gap-2">
          <div className="max-w-60">
            <ImageDrop
              file={file}
              onChoose={(chosen) => {
                setFile(chosen);
                upload.mutate(chosen);
              }}
            />
          </div>
          <TextInput
            {...control}
            spellCheck={false}
            placeholder="sha256 of an uploaded image"
            className="font-mono text-xs"
            value={typeof value === 'string' ? value : ''}
            onChange={({ target }) => onChange(target.value)}
          />
        </div>
      )}
    </Field>
  );
}
