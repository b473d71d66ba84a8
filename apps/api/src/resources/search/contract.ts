import { z } from 'zod';
import { pageOf, pageQuery, problems, type RouteContract } from '../../http/contract.ts';
import { modelName } from '../models/contract.ts';
import { layerName } from '../units/contract.ts';

const RANGE = /^(?<measure>[^:~]{1,100}):(?<from>-?\d[\d.e+-]*)?~(?<to>-?\d[\d.e+-]*)?$/;

/** "curve.R:0.8~" is at least 0.8, "nonZeroFraction:~0.01" at most 0.01. */
const range = z
  .string()
  .regex(RANGE, 'must be measure:from~to, where either bound may be left out')
  .transform((text) => {
    const { measure, from, to } = RANGE.exec(text)!.groups as Record<string, string | undefined>;
    return { measure: measure!, from: bound(from), to: bound(to) };
  })
  .refine(({ from, to }) => !Number.isNaN(from) && !Number.isNaN(to), 'must have numbers for bounds');

const bound = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

export type MeasureRange = z.infer<typeof range>;

/** A repeated parameter comes as a list, a single one as itself. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.union([item.transform((one) => [one] as z.infer<Item>[]), z.array(item).max(10)]).optional();

export const unitSearchSchema = z
  .strictObject({
    text: z.string().trim().min(1).max(200).optional().describe('Part of a note or comment'),
    tag: listOf(z.string().min(1).max(60)).describe('Tags that a unit must all have; repeated'),
    range: listOf(range).describe('Bounds of measures, such as curve.R:0.8~; repeated'),
    model: modelName.optional(),
    layer: layerName.optional(),
    limit: pageQuery.limit,
    cursor: z.string().max(100).optional().describe('nextCursor of the page before'),
  })
  .refine(
    ({ text, tag, range: ranges }) => text !== undefined || tag !== undefined || ranges !== undefined,
    'Give a text, a tag or the range of a measure to search by',
  );

export type UnitSearch = z.infer<typeof unitSearchSchema>;

export const foundUnitSchema = z
  .object({
    model: modelName,
    layer: layerName,
    channel: z.int(),
    thumbnail: z.string().nullable().describe('Address of a small picture of the unit; signed, expires'),
    tags: z.array(z.string()),
    excerpt: z.string().nullable().describe('Of the note or comment that holds the text'),
    values: z
      .array(z.object({ measure: z.string(), value: z.number() }))
      .describe('Of the measures that were searched by'),
  })
  .meta({ id: 'FoundUnit' });

export const searchUnits = {
  method: 'GET',
  url: '/search/units',
  schema: {
    operationId: 'searchUnits',
    tags: ['units'],
    summary: 'Search the units of all models',
    description:
      'By tags, the texts of notes and comments, and measures: what all of them leave, by the first measure from ' +
      'the highest down, else by model, layer and channel.',
    querystring: unitSearchSchema,
    response: { 200: pageOf('FoundUnitPage', foundUnitSchema), ...problems },
  },
} as const satisfies RouteContract;
