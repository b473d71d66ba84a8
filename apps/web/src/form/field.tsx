'use client';
import { useId, type ReactNode } from 'react';

/** What ties a control to its label, its help and its error. */
export interface ControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

interface FieldProps {
  label: string;
  help?: string;
  /** Unit and limits, beside the label. */
  note?: string;
  error?: string;
  children: (control: ControlProps) => ReactNode;
}

export function Field({ label, help, note, error, children }: FieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {note && <span className="text-xs text-muted">{note}</span>}
      </div>
      {children({ id, 'aria-describedby': `${id}-about`, 'aria-invalid': error !== undefined })}
      <div id={`${id}-about`} className="text-xs">
        {error && <p className="text-bad">{error}</p>}
        {help && <p className="text-muted">{help}</p>}
      </div>
    </div>
  );
}
