import type { RankedMeasure, Unit } from '@fovea/client';
import { measures as known } from '@fovea/experiments/schema';
import { formatInteger, formatValue } from '../format/number.ts';

/** Numbers about the unit by what they rest on, each with its place among those of the layer. */
export function Measures({ unit }: { unit: Unit }) {
  const groups = Map.groupBy(
    unit.measures,
    ({ subject, subjectName }) => subjectName ?? subject.slice(0, 12),
  );
  return (
    <div className="-mx-4 -my-2 overflow-x-auto">
      <table className="w-full text-left">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="h-8 px-4 font-medium">
              Measure
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              Value
            </th>
            <th scope="col" colSpan={2} className="px-4 text-right font-medium">
              Rank in the layer
            </th>
          </tr>
        </thead>
        {[...groups].map(([subject, measures]) => (
          <tbody key={subject}>
            <tr className="border-t bg-sunken/60 text-xs">
              <th scope="rowgroup" colSpan={4} className="px-4 py-0.5 font-medium">
                {subject || 'The model alone'}
              </th>
            </tr>
            {measures.map((measure) => (
              <MeasureRow key={measure.name} measure={measure} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function MeasureRow({ measure: { name, value, rank, of } }: { measure: RankedMeasure }) {
  const about = known.find((measure) => measure.name === name);
  return (
    <tr className="border-t">
      <th scope="row" className="px-4 py-1 font-normal" title={about?.description}>
        {about?.title ?? name}
      </th>
      <td className="px-3 text-right whitespace-nowrap">
        {formatValue(value)}
        {about?.unit && <span className="text-muted"> {about.unit}</span>}
      </td>
      <td className="pl-3 max-sm:hidden">
        <RankBar rank={rank} of={of} />
      </td>
      <td className="px-4 text-right whitespace-nowrap">
        {formatInteger(rank)} <span className="text-muted">of {formatInteger(of)}</span>
      </td>
    </tr>
  );
}

/** A mark between the highest value of the layer, at the right, and the lowest. */
function RankBar({ rank, of }: { rank: number; of: number }) {
  const share = of > 1 ? (of - rank) / (of - 1) : 1;
  return (
    <div aria-hidden className="relative ml-auto h-1 w-20 rounded-full bg-line">
      <div
        className="absolute -top-0.5 size-2 rounded-full bg-accent"
        style={{ left: `calc(${share} * (100% - 0.5rem))` }}
      />
    </div>
  );
}
