'use client';
import * as Plot from '@observablehq/plot';
import { useEffect, useEffectEvent, useRef } from 'react';

interface ChartProps {
  /** What the chart shows, in words, for whoever cannot see it. */
  label: string;
  height: number;
  /** Anything that changes the drawing must change this array, as with an effect. */
  deps: readonly unknown[];
  /** Colours are CSS, so themes need no drawing anew: `var(--accent)`. */
  draw: (width: number) => Plot.PlotOptions;
}

/** A chart by Observable Plot, as wide as its place, which it holds before it is drawn. */
export function Chart({ label, height, deps, draw }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const render = useEffectEvent((width: number) => {
    const style = { background: 'none', fontFamily: 'inherit', overflow: 'visible' };
    box.current!.replaceChildren(Plot.plot({ height, style, ...draw(width), width }));
  });
  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() => element.clientWidth > 0 && render(element.clientWidth));
    observer.observe(element);
    render(element.clientWidth);
    return () => observer.disconnect();
    // oxlint-disable-next-line react/exhaustive-deps -- the caller names them
  }, deps);
  return (
    <figure aria-label={label} style={{ height }} className="text-muted">
      <div ref={box} aria-hidden />
    </figure>
  );
}
