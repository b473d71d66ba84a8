/** The document of the results: a run replaces what lies between two marks, and leaves the words around it. */
import { readFile, writeFile } from 'node:fs/promises';

const begin = '<!-- results -->';
const end = '<!-- end of results -->';

/** @throws where the file lacks the marks */
export async function writeResults(path: string, markdown: string): Promise<void> {
  const document = await readFile(path, 'utf8');
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no ${begin} … ${end} for the results`);
  await writeFile(path, `${document.slice(0, from)}${begin}\n\n${markdown}\n${document.slice(to)}`);
}
