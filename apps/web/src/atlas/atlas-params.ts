/** What of an atlas is shown, as it stands in the address of the page. */
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

export const pictures = ['icons', 'examples'] as const;

export const useAtlasParams = () =>
  useQueryStates({
    /** Digest of the dataset; the newest atlas if left out. */
    subject: parseAsString,
    /** Cells to a side. */
    grid: parseAsInteger,
    show: parseAsStringLiteral(pictures).withDefault('icons'),
    row: parseAsInteger,
    column: parseAsInteger,
  });
