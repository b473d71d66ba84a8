import type { RankedMeasure } from '@fovea/client';
import { measures as known } from '@fovea/experiments/schema';
import { formatInteger, formatValue } from '../format/number.ts';

const describe = (name: string) => known.find((measure) => measure.name === name);

/** Numbers about the unit, each with its place among those of the layer. */
export function Measures({ measures }: { measures: readonly RankedMeasure[] }) {
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
            <th scope="col" className="px-4 text-right font-medium">
              Rank in the layer
            </th>
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <MeasureRow key={`${measure.name} ${measure.subject}`} measure={measure} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MeasureRow({
  measure: { name, subject, subjectName, value, rank, of },
}: {
  measure: RankedMeasure;
}) {
  const about = describe(name);
  return (
    <tr className="border-t">
      <th scope="row" className="px-4 py-1.5 font-normal" title={about?.description}>
        {about?.title ?? name}
        {subject && <span className="block text-xs text-muted">{subjectName ?? subject.slice(0, 12)}</span>}
      </th>
      <td className="px-3 text-right whitespace-nowrap">
        {formatValue(value)}
        {about?.unit && <span className="text-muted"> {about.unit}</span>}
      </td>
      <td className="px-4 text-right whitespace-nowrap">
        {formatInteger(rank)} <span className="text-muted">of {formatInteger(of)}</span>
        <RankBar rank={rank} of={of} />
      </td>
    </tr>
  );
}

/** A mark between the highest value of the layer, at the right, and the lowest. */
function RankBar({ rank, of }: { rank: number; of: number }) {
  const share = of > 1 ? (of - rank) / (of - 1) : 1;
  return (
    <div aria-hidden className="relative mt-0.5 ml-auto h-1 w-24 rounded-full bg-sunken">
      <div
        className="absolute top-0 size-1 rounded-full bg-accent"
        style={{ left: `calc(${share} * (100% - 0.25rem))` }}
      />
    </div>
  );
}
