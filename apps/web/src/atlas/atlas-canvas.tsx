'use client';
import type { AtlasCell } from '@fovea/experiments/schema';
import OpenSeadragon from 'openseadragon';
import { useEffect, useEffectEvent, useRef } from 'react';
import { cellAt, nextCell, type Place } from './cells.ts';

interface AtlasCanvasProps {
  /** Addresses of the two pictures of the grid, one over the other. */
  icons: string;
  examples: string;
  shown: 'icons' | 'examples';
  /** Cells to a side. */
  size: number;
  cells: readonly AtlasCell[];
  selected: Place | null;
  /** Undefined where the pointer is over no cell. */
  onHover: (cell: AtlasCell | undefined) => void;
  onSelect: (cell: AtlasCell) => void;
  label: string;
}

const ZOOM = 1.3;

/**
 * The picture of an atlas: wheel and drag zoom and pan, a click or the arrow keys choose a cell. For other pictures it is
 * mounted anew.
 */
export function AtlasCanvas(props: AtlasCanvasProps) {
  const { icons, examples, shown, size, cells, selected, onHover, onSelect, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const viewer = useRef<OpenSeadragon.Viewer>(null);

  const cellUnder = (position: OpenSeadragon.Point): AtlasCell | undefined => {
    const { x, y } = viewer.current!.viewport.pointFromPixel(position);
    return cellAt(cells, { row: Math.floor(y * size), column: Math.floor(x * size) });
  };
  const hover = useEffectEvent((position?: OpenSeadragon.Point) =>
    onHover(position ? cellUnder(position) : undefined),
  );
  const click = useEffectEvent((position: OpenSeadragon.Point) => {
    const cell = cellUnder(position);
    if (cell) onSelect(cell);
  });
  const press = useEffectEvent((key: string) => {
    const { viewport } = viewer.current!;
    const next = selected ? nextCell(cells, selected, key) : cells[0];
    if (key.startsWith('Arrow') && next) onSelect(next);
    if (key === '+') viewport.zoomBy(ZOOM);
    if (key === '-') viewport.zoomBy(1 / ZOOM);
    if (key === '0') viewport.goHome();
  });
  const name = useEffectEvent((canvas: Element) => {
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-label', label);
  });

  useEffect(() => {
    const created = OpenSeadragon({
      element: box.current!,
      showNavigationControl: false,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true },
      maxZoomPixelRatio: 6,
      visibilityRatio: 0.5,
      animationTime: 0.4,
      drawer: 'canvas',
    });
    for (const [index, url] of [icons, examples].entries()) created.addSimpleImage({ url, index });
    created.addHandler('canvas-click', ({ quick, position }) => {
      if (quick) click(position);
    });
    created.addHandler('canvas-key', (event) => {
      // The viewer's own keys pan; here they go from cell to cell.
      event.preventDefaultAction = true;
      press(event.originalEvent.key);
    });
    const tracker = new OpenSeadragon.MouseTracker({
      element: created.canvas,
      moveHandler: (event) => hover((event as unknown as { position: OpenSeadragon.Point }).position),
      leaveHandler: () => hover(),
    });
    name(created.canvas);
    viewer.current = created;
    return () => {
      viewer.current = null;
      tracker.destroy();
      created.destroy();
    };
  }, [icons, examples]);

  useEffect(() => {
    const { world } = viewer.current!;
    const show = () => {
      for (let index = 0; index < world.getItemCount(); index++)
        world.getItemAt(index).setOpacity(Number((shown === 'icons') === (index === 0)));
    };
    show();
    world.addHandler('add-item', show);
    return () => world.removeHandler('add-item', show);
  }, [shown]);

  useEffect(() => {
    const current = viewer.current!;
    if (selected) {
      const { row, column } = selected;
      const location = new OpenSeadragon.Rect(column / size, row / size, 1 / size, 1 / size);
      current.addOverlay({ element: frame(), location });
    }
    return () => {
      // The viewer may be gone already, and its overlays with it.
      if (viewer.current === current) current.clearOverlays();
    };
  }, [selected, size]);

  return (
    <div
      ref={box}
      className="relative aspect-square max-h-[80vh] w-full overflow-hidden rounded-lg border bg-sunken"
    />
  );
}

/** About the chosen cell. */
function frame(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'pointer-events-none outline-2 outline-accent outline-solid';
  return element;
}
