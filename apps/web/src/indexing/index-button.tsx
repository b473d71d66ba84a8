'use client';
import { LibraryBig } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { IndexDialog } from './index-dialog.tsx';

export function IndexButton({ model }: { model: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setIsOpen(true)}>
        <LibraryBig aria-hidden />
        Index this model
      </Button>
      {isOpen && <IndexDialog model={model} open onOpenChange={setIsOpen} />}
    </>
  );
}
