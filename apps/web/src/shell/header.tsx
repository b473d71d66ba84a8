'use client';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { ThemeSwitch } from './theme-switch.tsx';

const sections = [
  { href: '/runs', label: 'Runs' },
  { href: '/models', label: 'Models' },
  { href: '/datasets', label: 'Datasets' },
  { href: '/circuits', label: 'Circuits' },
  { href: '/search', label: 'Search' },
  { href: '/workers', label: 'Workers' },
];

export function Header() {
  const pathname = usePathname();
  return (
    <header className="sticky top-0 z-30 border-b bg-surface">
      <div className="mx-auto flex h-13 max-w-[100rem] items-center gap-2 px-4 sm:gap-5 sm:px-6">
        <Link
          href="/runs"
          className="flex items-center gap-2 font-semibold tracking-tight"
          aria-label="Fovea, all runs"
        >
          <Mark />
          <span className="max-sm:sr-only">Fovea</span>
        </Link>
        <nav
          aria-label="Sections"
          className="flex min-w-0 flex-1 items-center gap-0.5 max-lg:overflow-x-auto"
        >
          {sections.map(({ href, label }) => {
            const current = pathname === href || pathname.startsWith(`${href}/`);
            return (
              <Link
                key={href}
                href={href}
                aria-current={current ? 'page' : undefined}
                className={classNames(
                  'rounded-md px-2.5 py-1.5 hover:bg-sunken',
                  current ? 'bg-sunken font-medium text-ink' : 'text-muted hover:text-ink',
                )}
              >
                {label}
              </Link>
            );
          })}
        </nav>
        <ThemeSwitch />
        <Button asChild look="primary" className="max-sm:size-9 max-sm:px-0">
          <Link href="/runs/new">
            <Plus aria-hidden />
            <span className="max-sm:sr-only">New run</span>
          </Link>
        </Button>
      </div>
    </header>
  );
}

/** A pupil: three circles around the spot of sharpest sight. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className="size-6 text-accent">
      <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <circle cx="16" cy="16" r="7.5" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <circle cx="16" cy="16" r="2.8" fill="currentColor" />
    </svg>
  );
}
