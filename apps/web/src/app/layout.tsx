import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Header } from '../shell/header.tsx';
import { Providers } from '../shell/providers.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Fovea', template: '%s · Fovea' },
  description: 'Mechanistic interpretability of image models',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f9fa' },
    { media: '(prefers-color-scheme: dark)', color: '#101113' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme is set on <html> before React takes over.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers>
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
        </Providers>
      </body>
    </html>
  );
}
