import type { ComponentProps } from 'react';
import { inputLook } from './text-input.tsx';
import { classNames } from './class-names.ts';

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={classNames(inputLook, 'h-auto min-h-24 resize-y py-2 leading-normal', className)}
      {...rest}
    />
  );
}
