/** What is searched for, as it stands in the address of the page. */
import {
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
  type inferParserType,
} from 'nuqs';
import { rangeParser } from '../layers/grid-params.ts';

const parsers = {
  by: parseAsStringLiteral(['units', 'image'] as const).withDefault('units'),
  text: parseAsString.withDefault(''),
  tag: parseAsArrayOf(parseAsString).withDefault([]),
  range: parseAsArrayOf(rangeParser, ';').withDefault([]),
  model: parseAsString,
  /** Of the run on the image. */
  run: parseAsString,
};

export type SearchParams = inferParserType<typeof parsers>;

export const useSearchParams = () => useQueryStates(parsers, { history: 'replace' });

/** Without any of these there is nothing to search by. */
export const hasCriteria = ({ text, tag, range }: SearchParams) =>
  text.trim() !== '' || tag.length > 0 || range.length > 0;
