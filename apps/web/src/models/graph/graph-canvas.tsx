'use client';
import '@xyflow/react/dist/style.css';
import './graph.css';
import type { Layer } from '@fovea/client';
import {
  Background,
  ControlButton,
  Controls,
  MiniMap,
  Panel,
  ReactFlow,
  useStore,
  type EdgeTypes,
  type NodeTypes,
} from '@xyflow/react';
import { Maximize } from 'lucide-react';
import { useMemo, type RefObject } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { BlockNode } from './block-node.tsx';
import { flowEdges, flowNodes, sceneOf, type GraphNode } from './flow-elements.ts';
import { GraphStateProvider } from './graph-state.ts';
import type { Hierarchy } from './hierarchy.ts';
import { InputNode } from './input-node.tsx';
import { LayerNode } from './layer-node.tsx';
import { RoutedEdge } from './routed-edge.tsx';
import { useGraphKeyboard } from './use-graph-keyboard.ts';
import { useLayout } from './use-layout.ts';
import { useViewportGoal } from './use-viewport-goal.ts';
import { MAX_ZOOM, MIN_ZOOM, type ViewportGoal } from './viewport-goal.ts';
import { standInOf, visibleGraph } from './visible-graph.ts';

const nodeTypes: NodeTypes = { layer: LayerNode, block: BlockNode, networkInput: InputNode };
const edgeTypes: EdgeTypes = { routed: RoutedEdge };

export interface GraphCanvasProps {
  hierarchy: Hierarchy;
  open: ReadonlySet<string>;
  onToggle: (blockId: string) => void;
  selected: string | null;
  onSelect: (layer: Layer) => void;
  canSelect: (layer: Layer) => boolean;
  found: ReadonlySet<string> | null;
  goalRef: RefObject<ViewportGoal | null>;
}

export function GraphCanvas(props: GraphCanvasProps) {
  const { hierarchy, open, onToggle, selected, onSelect, canSelect, found, goalRef } = props;
  const graph = useMemo(() => visibleGraph(hierarchy, open), [hierarchy, open]);
  const { laidOut, error } = useLayout(graph, useAspectRatio());
  const nodes = useMemo(() => (laidOut ? flowNodes(laidOut) : []), [laidOut]);
  const edges = useMemo(() => (laidOut ? flowEdges(laidOut) : []), [laidOut]);
  const scene = useMemo(() => (laidOut ? sceneOf(laidOut) : null), [laidOut]);
  const isCurrent = laidOut?.graph === graph;
  const { fit, bringIntoSight } = useViewportGoal(goalRef, isCurrent ? scene : null);

  const selectedId = selected === null ? null : standInOf(hierarchy, open, selected);

  function hold(id: string) {
    const from = scene?.boxes.get(id);
    if (from) goalRef.current = { type: 'hold', id, from };
  }

  function toggle(id: string) {
    hold(id);
    keyboard.standOn(id);
    onToggle(id);
  }

  const keyboard = useGraphKeyboard({ graph, selectedId, onToggle: toggle, bringIntoSight });
  const { activeId, focusId, onFocus, onKeyDown } = keyboard;
  const select = (layer: Layer, nodeId: string) => {
    hold(nodeId);
    onSelect(layer);
  };
  const shared = { activeId, focusId, selected, selectedId, found, canSelect };
  const handlers = { onToggle: toggle, onSelect: select, onFocus };
  if (error) {
    return (
      <div className="p-4">
        <Notice tone="error" title="The graph could not be laid out">
          {error.message}
        </Notice>
      </div>
    );
  }
  return (
    <GraphStateProvider value={{ ...shared, ...handlers }}>
      <ReactFlow<GraphNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onlyRenderVisibleElements
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        onKeyDown={onKeyDown}
        aria-label="Graph of the network: up and down go from layer to layer, right opens a block, left closes it"
      >
        {!isCurrent && <Busy />}
        <Background gap={24} />
        <Controls showInteractive={false} showFitView={false}>
          {/* React Flow's own leaves out the edges. */}
          <ControlButton onClick={fit} title="Fit view" aria-label="Fit view">
            <Maximize aria-hidden className="fill-none!" />
          </ControlButton>
        </Controls>
        <MiniMap
          pannable
          zoomable
          style={minimapSize}
          className="max-sm:hidden"
          nodeClassName={minimapClass}
        />
      </ReactFlow>
    </GraphStateProvider>
  );
}

/** Seen only where the layout takes its time. */
function Busy() {
  return (
    <Panel position="top-center" className="rounded-md border bg-surface px-3 py-1.5 text-xs text-muted">
      <output className="opacity-100 transition-opacity delay-300 starting:opacity-0">Laying out …</output>
    </Panel>
  );
}

const minimapClass = ({ type, data }: GraphNode) => (type === 'block' && data.isOpen ? 'open-block' : '');

/** In pixels. */
const minimapSize = { width: 150, height: 100 };

/** In steps, so that a scroll bar does not lay out the graph anew. Null until the canvas is measured. */
function useAspectRatio(): number | null {
  return useStore(({ width, height }) =>
    width > 0 && height > 0 ? Math.max(0.5, Math.round((width / height) * 2) / 2) : null,
  );
}
