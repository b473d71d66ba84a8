import { expect, it } from 'vitest';
import { embedSnippet } from './embed-snippet.ts';

it('writes HTML that no name can break out of', () => {
  const html = embedSnippet('https://fovea.example', 'm"<b>', { layer: 'a/b">', channel: 3 });
  expect(html).toContain('src="https://fovea.example/embed/models/m%22%3Cb%3E/a%2Fb%22%3E/3"');
  expect(html.match(/"/g)).toHaveLength(12);
  expect(html).not.toContain('<b>');
});
