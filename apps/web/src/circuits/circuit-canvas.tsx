'use client';
import '@xyflow/react/dist/style.css';
import '../models/graph/graph.css';
import {
  Background,
  Controls,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type EdgeTypes,
  type NodeChange,
  type NodeTypes,
} from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { Notice } from '../ui/notice.tsx';
import { shownEdges, unitKey, type Circuit, type Position } from './circuit.ts';
import { drawingOf, type Drawing } from './drawing.ts';
import { KernelEdge, type KernelEdgeType } from './kernel-edge.tsx';
import { NODE } from './layout.ts';
import { UnitNode, type UnitNodeType } from './unit-node.tsx';
import { useCircuitLayout } from './use-circuit-layout.ts';

const nodeTypes: NodeTypes = { unit: UnitNode };
const edgeTypes: EdgeTypes = { kernel: KernelEdge };

interface CircuitCanvasProps {
  circuit: Circuit;
  /** Key of a unit. */
  selected: string | null;
  onSelect: (key: string | null) => void;
  onMove: (key: string, position: Position) => void;
  /** Told what is drawn, for export. */
  onDraw: (drawing: Drawing) => void;
}

export function CircuitCanvas(props: CircuitCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ circuit, selected, onSelect, onMove, onDraw }: CircuitCanvasProps) {
  const edges = useMemo(() => shownEdges(circuit.graph), [circuit.graph]);
  const { layout, error } = useCircuitLayout(circuit, edges);
  const drawing = useMemo(() => layout && drawingOf(circuit, layout), [circuit, layout]);
  useEffect(() => {
    if (drawing) onDraw(drawing);
  }, [drawing, onDraw]);
  useFitting(layout);

  function change(changes: NodeChange<UnitNodeType>[]) {
    for (const one of changes) {
      if (one.type === 'position' && one.position) onMove(one.id, one.position);
      if (one.type === 'select' && one.selected) onSelect(one.id);
    }
  }

  if (error)
    return (
      <div className="p-4">
        <Notice tone="error" title="The circuit could not be laid out">
          {error.message}
        </Notice>
      </div>
    );
  return (
    <ReactFlow
      nodes={drawing ? nodesOf(drawing, selected) : []}
      edges={drawing ? edgesOf(drawing, selected) : []}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={change}
      onPaneClick={() => onSelect(null)}
      nodesConnectable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      minZoom={0.05}
      maxZoom={3}
      fitView
      aria-label="Units and the weights between them, from early layers down to late ones"
    >
      <Background gap={24} />
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}

/** All in sight again when units come or go. */
function useFitting(layout: unknown): void {
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (layout) void fitView({ padding: 0.06, maxZoom: 1.25 });
  }, [layout, fitView]);
}

const nodesOf = ({ units }: Drawing, selected: string | null): UnitNodeType[] =>
  units.map((unit) => ({
    id: unit.key,
    type: 'unit',
    position: { x: unit.x, y: unit.y },
    data: { unit },
    selected: unit.key === selected,
    ariaLabel: `${unit.key}${unit.chosen ? ', chosen' : ''}`,
    ...NODE,
  }));

const edgesOf = ({ edges }: Drawing, selected: string | null): KernelEdgeType[] =>
  edges.map((edge) => {
    const [source, target] = [unitKey(edge.from), unitKey(edge.to)];
    const isDimmed = selected !== null && source !== selected && target !== selected;
    return { id: edge.key, type: 'kernel', source, target, data: { edge, isDimmed } };
  });
