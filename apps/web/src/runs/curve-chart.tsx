'use client';
import { useTheme } from 'next-themes';
import { useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import { formatInteger, formatValue } from '../format/number.ts';
import type { Point } from './timeline.ts';

interface CurveChartProps {
  label: string;
  points: readonly Point[];
  /** Steps that the whole run takes, so that the curve grows to the right instead of being squeezed. */
  total: number;
}

const HEIGHT = 200;

/** A value over the steps. The canvas is told in words too, for whoever cannot see it. */
export function CurveChart(props: CurveChartProps) {
  const { resolvedTheme } = useTheme();
  // A canvas does not follow CSS variables: another theme draws it anew.
  return (
    <figure aria-label={describe(props.label, props.points)} style={{ height: HEIGHT }}>
      <Canvas key={resolvedTheme} {...props} />
    </figure>
  );
}

function Canvas({ label, points, total }: CurveChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const columns = useEffectEvent(() => toColumns(points));

  useEffect(() => {
    const element = box.current!;
    const plot = new uPlot(chartOptions(label, element, total), columns(), element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [label, total]);

  useEffect(() => chart.current?.setData(toColumns(points)), [points]);

  return <div ref={box} aria-hidden className="w-full" />;
}

const toColumns = (points: readonly Point[]): uPlot.AlignedData => [
  points.map(({ step }) => step),
  points.map(({ value }) => value),
];

function describe(label: string, points: readonly Point[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return `${label}: nothing yet`;
  return `${label} from ${formatValue(first.value)} at step ${first.step} to ${formatValue(last.value)} at step ${last.step}`;
}

function chartOptions(label: string, element: HTMLElement, total: number): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--muted'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${style.fontFamily}`,
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 } },
    scales: { x: { time: false, range: (_plot, low, high) => [low ?? 0, Math.max(total, high ?? 1)] } },
    axes: [
      { ...axis, size: 28, values: (_plot, steps) => steps.map((step) => formatInteger(step)) },
      { ...axis, size: 58, values: (_plot, values) => values.map((value) => formatValue(value)) },
    ],
    series: [
      { label: 'Step' },
      { label, stroke: color('--accent'), width: 1.5, points: { show: false }, spanGaps: true },
    ],
    plugins: [readout(label)],
  };
}

/** Shows the value under the cursor in the corner of the chart. */
function readout(label: string): uPlot.Plugin {
  const note = document.createElement('div');
  note.className =
    'absolute top-1 right-1 rounded bg-surface/90 px-1.5 py-0.5 text-xs text-muted pointer-events-none empty:hidden';
  return {
    hooks: {
      init: (plot) => plot.over.append(note),
      setCursor: (plot) => {
        const index = plot.cursor.idx ?? -1;
        const step = plot.data[0][index];
        const value = plot.data[1]?.[index];
        const known = step !== undefined && value !== undefined && value !== null;
        note.textContent = known ? `${label} ${formatValue(value)} at step ${formatInteger(step)}` : '';
      },
    },
  };
}
