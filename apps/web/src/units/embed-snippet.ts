import type { Unit } from '../models/unit.ts';
import { unitHref } from './unit-href.ts';

/** HTML that shows a unit on another page. */
export const embedSnippet = (origin: string, model: string, unit: Unit) =>
  `<iframe src="${origin}/embed${unitHref(model, unit)}" width="420" height="260" loading="lazy" style="border:0" title="${unit.layer}:${unit.channel} of ${model}"></iframe>`;
