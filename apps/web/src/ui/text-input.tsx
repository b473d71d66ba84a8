import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export const inputLook =
  // A field cuts off what hangs below its line, as underscores do.
  'h-9 w-full min-w-0 rounded-md border border-line-strong/60 bg-surface px-2.5 leading-7 placeholder:text-muted aria-invalid:border-bad disabled:opacity-50';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(inputLook, className)} {...rest} />;
}
