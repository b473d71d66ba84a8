import { describe, expect, test } from 'vitest';
import { idsOf, importFiles } from '../testing/import-files.ts';
import { picture, type Files } from '../testing/pictures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();

const withIndex = async (name: string, text: string): Promise<Files> => ({
  [name]: Buffer.from(text),
  'a.png': await picture(1),
  'deep/b.png': await picture(2),
  'c.png': await picture(3),
});

describe('an index file', () => {
  test('gives classes by name, splits and further columns', async () => {
    const csv =
      'file,class,split,angle,by\na.png,curve,train,22.5,Ada\ndeep/b.png,line,test,,Bob\nc.png,curve,train,90,Ada\n';
    const imported = await importFiles(folder, await withIndex('index.csv', csv));
    const { dataset } = imported;
    expect(dataset).toMatchObject({
      classes: ['curve', 'line'],
      splits: { train: 2, test: 1 },
      columns: [
        { name: 'angle', type: 'number' },
        { name: 'by', type: 'text' },
      ],
    });
    expect(idsOf(imported, 'train')).toEqual(['a.png', 'c.png']);
    expect(dataset.entry('test', 0)).toMatchObject({ label: 1, columns: { angle: null, by: 'Bob' } });
    expect(dataset.entry('train', 1).columns).toEqual({ angle: 90, by: 'Ada' });
  });

  test('keeps numbered classes as a network was trained with them, and names them where names are given', async () => {
    const json = JSON.stringify([
      { file: 'a.png', class: 2 },
      { file: 'deep/b.png', class: 0 },
      { file: 'c.png', class: 2 },
    ]);
    const files = await withIndex('index.json', json);
    const { dataset } = await importFiles(folder, files);
    expect(dataset.classes).toEqual(['0', '1', '2']);
    expect(dataset.entry('all', 0).label).toBe(2);
    const named = await importFiles(folder, files, { classes: ['cat', 'dog', 'bird', 'fish'] });
    expect(named.dataset.classes[named.dataset.entry('all', 0).label!]).toBe('bird');
  });

  test('that lists what is not there, and does not list what is, leaves both out and says so', async () => {
    const { manifest } = await importFiles(
      folder,
      await withIndex('labels.csv', 'filename,label\na.png,x\nz.png,y\n'),
    );
    expect(manifest.splits).toEqual({ all: 1 });
    expect(manifest.problems.map(({ file, reason }) => [file, reason])).toEqual([
      ['c.png', 'unlisted'],
      ['deep/b.png', 'unlisted'],
      ['z.png', 'missing'],
    ]);
  });

  test.each([
    ['index.csv', 'name,class\na.png,x\n', /no column names the files.*there are name, class/],
    ['index.csv', '', /lists no images/],
    ['index.csv', 'file,class\na.png,x,y\n', /./],
    ['index.json', '{"file": ', /JSON/],
    ['index.json', '[]', /./],
    ['index.json', '[{"file":"a.png","class":-1}]', /-1 is no class/],
    ['index.json', '[{"file":"a.png","x":1},{"file":"c.png","x":"one"}]', /"x" holds both/],
    ['index.csv', 'file\na.png\na.png\n', /a\.png is listed twice/],
  ])('%s with %j is refused, and says why', async (name, text, message) => {
    const rejection = importFiles(folder, await withIndex(name, text));
    await expect(rejection).rejects.toMatchObject({
      code: 'INDEX_MALFORMED',
      message: expect.stringMatching(message),
    });
  });

  test('has no second beside it', async () => {
    const files = {
      ...(await withIndex('index.csv', 'file\na.png\n')),
      'labels.csv': Buffer.from('file\na.png\n'),
    };
    await expect(importFiles(folder, files)).rejects.toMatchObject({ code: 'INDEX_MALFORMED' });
  });
});
