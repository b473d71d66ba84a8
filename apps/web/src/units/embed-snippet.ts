import type { Unit } from '../models/unit.ts';
import { unitHref } from './unit-href.ts';

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const attribute = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => escaped[sign]!);

/** HTML that shows a unit on another page. */
export function embedSnippet(origin: string, model: string, unit: Unit): string {
  const attributes = {
    src: `${origin}/embed${unitHref(model, unit)}`,
    title: `${unit.layer}:${unit.channel} of ${model}`,
    width: '420',
    height: '260',
    style: 'border: 0',
    loading: 'lazy',
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${attribute(value)}"`);
  return `<iframe ${written.join(' ')}></iframe>`;
}
