import type { SparsityVariant } from '@fovea/experiments/schema';
import { formatValue } from '../../format/number.ts';
import { figureTitle, kindTitles } from './names.ts';

type Figure = SparsityVariant['figures'][number];

/** The layer's figures, beside those of weights that nothing was learned by. */
export function FigureTable({ variant: { figures } }: { variant: SparsityVariant }) {
  const kinds = figures[0]!.nulls.map(({ kind }) => kind);
  return (
    // A region that scrolls must be within reach of the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label="Figures of the layer" tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="h-8 font-medium">
              Median of units
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              {kindTitles.trained}
            </th>
            {kinds.map((kind) => (
              <th key={kind} scope="col" className="px-3 text-right font-medium">
                {kindTitles[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map(({ name, trained, nulls }) => (
            <tr key={name} className="border-t">
              <th scope="row" className="py-1.5 font-normal">
                {figureTitle(name)}
              </th>
              <td className="px-3 text-right font-medium tabular-nums">{shown(trained)}</td>
              {nulls.map((drawn) => (
                <NullCell key={drawn.kind} drawn={drawn} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function NullCell({ drawn: { mean, interval } }: { drawn: Figure['nulls'][number] }) {
  return (
    <td className="px-3 text-right whitespace-nowrap tabular-nums">
      {shown(mean)}
      {interval && (
        <span className="block text-xs text-muted">
          {formatValue(interval[0])} to {formatValue(interval[1])}
        </span>
      )}
    </td>
  );
}

const shown = (value: number | null) => (value === null ? 'none' : formatValue(value));
