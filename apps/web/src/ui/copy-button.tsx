'use client';
import { Copy } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from './button.tsx';

interface CopyButtonProps {
  text: string | (() => string);
  /** What is copied, as in "Link". */
  what: string;
  children?: string;
}

export function CopyButton({ text, what, children }: CopyButtonProps) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      toast.success(`${what} copied`);
    } catch {
      toast.error('The browser did not allow copying');
    }
  }
  return children ? (
    <Button onClick={copy}>
      <Copy aria-hidden />
      {children}
    </Button>
  ) : (
    <Button
      look="quiet"
      size="small"
      className="size-6 px-0"
      aria-label={`Copy ${what.toLowerCase()}`}
      onClick={copy}
    >
      <Copy aria-hidden className="size-3.5!" />
    </Button>
  );
}
