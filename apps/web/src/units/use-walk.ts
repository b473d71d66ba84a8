'use client';
import type { Unit as KnownUnit } from '@fovea/client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { unitQuery } from './queries.ts';
import { unitHref } from './unit-href.ts';

/** Elements that arrows mean something else to. */
const roles = ['slider', 'menu', 'listbox', 'combobox', 'radiogroup', 'tablist', 'dialog', 'alertdialog'];
const keepsArrows = ['input', 'textarea', 'select', ...roles.map((role) => `[role=${role}]`)].join();

export interface Neighbours {
  previous: string | null;
  next: string | null;
}

/** The units before and after this one in its layer; arrow keys go there. */
export function useWalk({ model, layer, channel }: KnownUnit): Neighbours {
  const router = useRouter();
  const queries = useQueryClient();
  const hasPrevious = channel > 0;
  const hasNext = channel < layer.channels - 1;
  const hrefOf = (to: number) => unitHref(model, { layer: layer.name, channel: to });
  const previous = hasPrevious ? hrefOf(channel - 1) : null;
  const next = hasNext ? hrefOf(channel + 1) : null;

  useEffect(() => {
    const prefetch = (to: number) =>
      void queries.prefetchQuery(unitQuery({ model, layer: layer.name, channel: to }));
    if (hasPrevious) prefetch(channel - 1);
    if (hasNext) prefetch(channel + 1);
  }, [queries, model, layer.name, channel, hasPrevious, hasNext]);

  useEffect(() => {
    function walk(event: KeyboardEvent) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(keepsArrows)) return;
      const href = event.key === 'ArrowLeft' ? previous : event.key === 'ArrowRight' ? next : null;
      if (href) router.push(href);
    }
    document.addEventListener('keydown', walk);
    return () => document.removeEventListener('keydown', walk);
  }, [router, previous, next]);

  return { previous, next };
}
