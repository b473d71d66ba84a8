'use client';
import type { TuningResult as Result } from '@fovea/experiments/schema';
import Link from 'next/link';
import { formatInteger, formatValue } from '../../format/number.ts';
import { layerHref } from '../../layers/addresses.ts';
import { unitHref } from '../../units/unit-href.ts';
import type { ResultProps } from '../kind-view.ts';

type Layer = Result['layers'][number];

/** The most selective units of each layer; the curves of a unit are on its page. */
export function TuningResult({ run }: ResultProps) {
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  if (!result || !run.model) return null;
  return (
    <div className="flex flex-col gap-6">
      <p className="text-muted">{formatInteger(result.stimuli)} stimuli were shown.</p>
      {result.layers.map((layer) => (
        <MostSelective key={layer.layer} model={run.model!} layer={layer} />
      ))}
    </div>
  );
}

function MostSelective({ model, layer: { layer, units, mostSelective } }: { model: string; layer: Layer }) {
  return (
    <section aria-label={layer}>
      <h3 className="mb-2">
        <Link href={layerHref(model, layer)} className="font-mono text-xs hover:text-accent hover:underline">
          {layer}
        </Link>
        <span className="text-muted">, {formatInteger(units)} units</span>
      </h3>
      {mostSelective.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full text-left text-sm">
            <thead className="text-xs text-muted">
              <tr>
                <th scope="col" className="py-1 font-medium">
                  Unit
                </th>
                {['Selectivity', 'R', 'Orientation', 'Peak', 'Width', 'Echo'].map((title) => (
                  <th key={title} scope="col" className="py-1 pl-3 text-right font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {mostSelective.map(({ unit, selectivity, R, peakDeg, peak, fwhm, echo }) => (
                <tr key={unit} className="border-t">
                  <th scope="row" className="py-1 font-normal">
                    <Link
                      href={unitHref(model, { layer, channel: unit })}
                      className="font-mono text-xs hover:text-accent hover:underline"
                    >
                      {layer}:{unit}
                    </Link>
                  </th>
                  <td className="py-1 pl-3 text-right">{selectivity.toFixed(3)}</td>
                  <td className="py-1 pl-3 text-right">{R.toFixed(3)}</td>
                  <td className="py-1 pl-3 text-right">{peakDeg === null ? '–' : `${peakDeg}°`}</td>
                  <td className="py-1 pl-3 text-right">{formatValue(peak)}</td>
                  <td className="py-1 pl-3 text-right">{fwhm}°</td>
                  <td className="py-1 pl-3 text-right">{echo.toFixed(3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
