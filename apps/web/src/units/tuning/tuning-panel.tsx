'use client';
import type { Unit } from '@fovea/client';
import { tuningEvidence, type TuningEvidence } from '@fovea/experiments/schema';
import { useState } from 'react';
import { formatValue } from '../../format/number.ts';
import { DefinitionList, type Definition } from '../../ui/definition-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Select } from '../../ui/select.tsx';
import { findingsOf } from '../evidence.ts';
import { MissingEvidence } from '../missing-evidence.tsx';
import { PolarCurve } from './polar-curve.tsx';
import { TuningCurves } from './tuning-curves.tsx';

/** To which parameters of drawn stimuli the unit is tuned. */
export function TuningPanel({ unit }: { unit: Unit }) {
  const found = findingsOf(unit.evidence, 'tuning', tuningEvidence);
  const [chosen, setChosen] = useState<string>();
  const finding = found.find(({ subject }) => subject === chosen) ?? found[0];
  return (
    <Panel
      title="Tuning to stimuli"
      aside={
        found.length > 1 && (
          <Select
            aria-label="Stimuli"
            className="h-7"
            value={finding!.subject}
            options={found.map(({ subject, data }) => ({ value: subject, label: labelOf(data) }))}
            onChange={setChosen}
          />
        )
      }
    >
      {finding ? (
        <Tuning tuning={finding.data} />
      ) : (
        <MissingEvidence wanted={{ kind: 'tuning', input: { model: unit.model, layers: [unit.layer.name] } }}>
          No stimuli have been shown to this unit yet. Curves of every orientation and several radii tell
          whether it detects curves.
        </MissingEvidence>
      )}
    </Panel>
  );
}

const labelOf = ({ stimulus, along }: TuningEvidence) => `${stimulus}, by ${along.parameter}`;

function Tuning({ tuning }: { tuning: TuningEvidence }) {
  const { along, stimulus } = tuning;
  return (
    <>
      <p className="mb-2 text-xs text-muted">
        {stimulus} by {along.parameter}; at each, the strongest response whatever the other parameters
      </p>
      {along.period === null ? null : <PolarCurve tuning={tuning} />}
      <DefinitionList items={factsOf(tuning)} className="my-3" />
      <TuningCurves tuning={tuning} />
    </>
  );
}

function factsOf({ statistics, best, along }: TuningEvidence): Definition[] {
  const bestText = Object.entries(best)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? formatValue(value) : String(value)}`)
    .join(', ');
  if (!statistics) return [{ term: 'Best stimulus', value: bestText }];
  const { R, peakDeg, peak, fwhm, echo } = statistics;
  return [
    {
      term: 'Peak',
      value: peakDeg === null ? 'never fires' : `${formatValue(peakDeg)}${along.unit}, ${formatValue(peak)}`,
    },
    { term: 'Selectivity R', value: formatValue(R) },
    { term: 'Width at half height', value: `${formatValue(fwhm)}${along.unit}` },
    { term: 'Echo', value: formatValue(echo) },
    { term: 'Best stimulus', value: bestText },
  ];
}
