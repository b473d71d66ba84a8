'use client';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Header } from './header.tsx';

/** What stands around every page but those that are shown inside pages of others. */
export function Shell({ children }: { children: ReactNode }) {
  if (usePathname().startsWith('/embed/')) return <main className="p-3">{children}</main>;
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <Header />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-[100rem] px-4 py-6 outline-none sm:px-6"
      >
        {children}
      </main>
    </>
  );
}
