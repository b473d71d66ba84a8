/** What is known of a unit as tables, for spreadsheets and scripts. */
import { tuningEvidence, unitExpandedWeights, unitWeights } from '@fovea/experiments/schema';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { tableNames, unitSchema } from './contract.ts';
import type { UnitExample } from './examples.ts';

type Unit = z.infer<typeof unitSchema>;
type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

export interface UnitFacts {
  readonly unit: Unit;
  readonly examples: readonly UnitExample[];
}

type TableName = (typeof tableNames)[number];

const tables: Readonly<Record<TableName, { columns: readonly string[]; rows: (facts: UnitFacts) => Row[] }>> =
  {
    measures: {
      columns: ['name', 'subject', 'subjectName', 'value', 'rank', 'of', 'runId'],
      rows: ({ unit }) => unit.measures,
    },
    examples: {
      columns: [
        'dataset',
        'subject',
        'split',
        'tokens',
        'band',
        'image',
        'id',
        'class',
        'value',
        'row',
        'column',
        'left',
        'top',
        'width',
        'height',
      ],
      rows: ({ examples }) => examples.map(({ box, ...example }) => ({ ...example, ...box })),
    },
    tuning: {
      columns: ['stimulus', 'subject', 'along', 'value', 'parameter', 'at', 'response'],
      rows: ({ unit }) => findings(unit, 'tuning', tuningEvidence).flatMap(tuningRows),
    },
    weights: {
      columns: ['kind', 'direction', 'layer', 'channel', 'sign', 'l2', 'sum', 'height', 'width', 'kernel'],
      rows: ({ unit }) => [
        ...findings(unit, 'unit-weights', unitWeights).flatMap(({ data }) =>
          weightRows({ kind: 'effective', direction: data.direction, layer: data.other }, data),
        ),
        ...findings(unit, 'expanded-weights', unitExpandedWeights).flatMap(({ data }) =>
          weightRows({ kind: 'expanded', direction: 'inputs', layer: data.from }, data),
        ),
      ],
    },
  };

/** RFC 4180, with a line of names. What a spreadsheet would take for a formula is marked as text. */
export function tableOf(name: TableName, facts: UnitFacts): string {
  const { columns, rows } = tables[name];
  return stringify(rows(facts), { header: true, columns: [...columns], escape_formulas: true });
}

interface Finding<Data> {
  readonly subject: string;
  readonly data: Data;
}

function findings<Data>({ evidence }: Unit, kind: string, schema: z.ZodType<Data>): Finding<Data>[] {
  return evidence
    .filter((each) => each.kind === kind)
    .flatMap(({ subject, data }) => {
      const parsed = schema.safeParse(data);
      return parsed.success ? [{ subject, data: parsed.data }] : [];
    });
}

/** The curve over all other parameters, then the curves at each value of each. */
function tuningRows({ subject, data }: Finding<z.infer<typeof tuningEvidence>>): Row[] {
  const { stimulus, along, curve, curvesBy } = data;
  const rowsOf = (responses: readonly (number | null)[], parameter: string, at: Cell): Row[] =>
    responses.map((response, index) => ({
      stimulus,
      subject,
      along: along.parameter,
      value: along.values[index] ?? null,
      parameter,
      at,
      response,
    }));
  return [
    ...rowsOf(curve, '', ''),
    ...curvesBy.flatMap(({ parameter, values, curves }) =>
      curves.flatMap((responses, index) => rowsOf(responses, parameter, values[index] ?? null)),
    ),
  ];
}

type Connections = Pick<z.infer<typeof unitExpandedWeights>, 'excitatory' | 'inhibitory'>;

function weightRows(about: Row, { excitatory, inhibitory }: Connections): Row[] {
  return [...excitatory, ...inhibitory].map(({ channel, l2, sum, kernel: { height, width, values } }) => ({
    ...about,
    channel,
    sign: Math.sign(sum),
    l2,
    sum,
    height,
    width,
    kernel: values.join(' '),
  }));
}
