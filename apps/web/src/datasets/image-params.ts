/** Which images the page shows, as it stands in its address. */
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';

const parsers = {
  split: parseAsString,
  /** −1: without a class. */
  label: parseAsInteger,
  /** Place among the images that are shown, of the one that is shown large. */
  image: parseAsInteger,
};

export const useImageParams = () => useQueryStates(parsers, { history: 'replace' });
