'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

const CHANGED = 'fovea-stored';

/** State that this browser remembers under `key`; the pages of one browser see each other's changes. */
export function useStored<Value>(key: string, fallback: Value): [Value, (value: Value) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const value = useMemo(() => parse(text, fallback), [text, fallback]);
  const store = useCallback(
    (next: Value) => {
      localStorage.setItem(key, JSON.stringify(next));
      dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [value, store];
}

function subscribe(onChange: () => void): () => void {
  addEventListener('storage', onChange);
  addEventListener(CHANGED, onChange);
  return () => {
    removeEventListener('storage', onChange);
    removeEventListener(CHANGED, onChange);
  };
}

function parse<Value>(text: string | null, fallback: Value): Value {
  if (text === null) return fallback;
  try {
    return JSON.parse(text) as Value;
  } catch {
    // Written by hand or by an older version: as good as nothing.
    return fallback;
  }
}
