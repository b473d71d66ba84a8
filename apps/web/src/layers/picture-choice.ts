/** Which of a unit's pictures the grid shows. */
import type { SelectOption } from '../ui/select.tsx';

export interface PictureChoice {
  readonly objective: string;
  readonly sign: 1 | -1;
}

/** `channel` and `-neuron` in the address; null for anything else. */
export function parsePictures(text: string | null): PictureChoice | null {
  const match = /^(?<minus>-?)(?<objective>[a-z][\w-]*)$/i.exec(text ?? '');
  return match?.groups
    ? { objective: match.groups.objective!, sign: match.groups.minus === '-' ? -1 : 1 }
    : null;
}

export const formatPictures = ({ objective, sign }: PictureChoice) => (sign === -1 ? '-' : '') + objective;

/** The option that is shown where none was chosen. */
export const USUAL_PICTURES = '*';

export function pictureOptions(positive: readonly string[], negative: readonly string[]): SelectOption[] {
  const option = (objective: string, sign: 1 | -1): SelectOption => ({
    value: formatPictures({ objective, sign }),
    label: `${objective}, ${sign === 1 ? 'excites' : 'inhibits'}`,
  });
  return [
    { value: USUAL_PICTURES, label: 'Usual pictures' },
    ...positive.map((objective) => option(objective, 1)),
    ...negative.map((objective) => option(objective, -1)),
  ];
}
