'use client';
import type { Unit } from '@fovea/client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { TagBar } from '../annotations/tag-bar.tsx';
import { receptiveFieldText } from '../models/layer-facts.ts';
import { Button } from '../ui/button.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { useWalk } from './use-walk.ts';

interface UnitHeadingProps {
  unit: Unit;
  tags: readonly string[];
  actions: ReactNode;
}

export function UnitHeading({ unit, tags, actions }: UnitHeadingProps) {
  const { previous, next } = useWalk(unit);
  const { model, layer, channel, label } = unit;
  return (
    <header className="mb-4">
      <Breadcrumb model={model} layer={layer.name} />
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex items-center gap-1">
          <Step href={previous} label="Unit before" shortcut="ArrowLeft" icon={<ChevronLeft aria-hidden />} />
          <h1 className="font-mono text-xl font-semibold tracking-tight">
            {layer.name}:{channel}
          </h1>
          <Step href={next} label="Unit after" shortcut="ArrowRight" icon={<ChevronRight aria-hidden />} />
        </div>
        {label && <span className="text-base">{label}</span>}
        <TagBar subject={unit.subject} tags={tags} />
        <div className="ml-auto flex flex-wrap gap-2">{actions}</div>
      </div>
      <p className="mt-1 text-muted">{factsOf(unit).join(' · ')}</p>
    </header>
  );
}

function factsOf({ layer, branch, channel }: Unit): string[] {
  return [
    `Channel ${channel} of ${layer.channels}`,
    ...(branch ? [branch] : []),
    layer.kind,
    ...(layer.receptiveField ? [`sees ${receptiveFieldText(layer)} of the input`] : []),
  ];
}

interface StepProps {
  href: string | null;
  label: string;
  shortcut: string;
  icon: ReactNode;
}

function Step({ href, label, shortcut, icon }: StepProps) {
  if (!href)
    return (
      <Button look="quiet" size="icon" aria-label={label} disabled>
        {icon}
      </Button>
    );
  return (
    <Button asChild look="quiet" size="icon">
      <Link
        href={href}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        title={`${label}: ${shortcut}`}
        scroll={false}
      >
        {icon}
      </Link>
    </Button>
  );
}
