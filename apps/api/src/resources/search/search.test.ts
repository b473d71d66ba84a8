import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, tinyManifest, type TestApi } from '../../testing/api.ts';
import { recordEvidence, unitPicture } from '../../testing/evidence.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await recordEvidence(api, ...unitPicture(3), {
    type: 'units',
    layer: 'mixed1',
    kind: 'tuning',
    subject: '',
    units: [0.1, 0.95, 0.9, 0.85].map((value, channel) => ({
      channel,
      measures: { 'curve.R': value, 'curve.echo': channel / 100 },
    })),
  });
  const { teamId, createdById } = api.services.owner;
  const subject = (channel: number, layer = 'mixed1') => `unit/tiny/${layer}/${channel}`;
  await api.services.db.tag.createMany({
    data: [
      { teamId, createdById, subject: subject(3), name: 'family:curve' },
      { teamId, createdById, subject: subject(1), name: 'family:curve' },
      { teamId, createdById, subject: subject(3), name: 'seen' },
      { teamId, createdById, subject: subject(7, 'conv1'), name: 'family:curve' },
      { teamId, createdById, subject: 'circuit/1', name: 'family:curve' },
    ],
  });
  await api.services.db.note.create({
    data: { teamId, updatedById: createdById, subject: subject(2), body: '100 % a Curve, I_think' },
  });
  await api.services.db.comment.create({
    data: { teamId, authorId: createdById, subject: subject(1), body: 'looks like a curve to me' },
  });
});
afterAll(() => api.close());

const search = async (query: string) => {
  const { body } = await api.get(`/search/units?${query}`);
  return body.items.map(
    ({ layer, channel }: Record<string, unknown>) => `${String(layer)}:${String(channel)}`,
  );
};

describe('units are found', () => {
  test('by a tag, and by several at once', async () => {
    expect((await search('tag=family:curve')).toSorted()).toEqual(['conv1:7', 'mixed1:1', 'mixed1:3']);
    expect(await search('tag=family:curve&tag=seen')).toEqual(['mixed1:3']);
    expect(await search('tag=family:curve&layer=conv1')).toEqual(['conv1:7']);
  });

  test('by what notes and comments say, whatever its case and characters', async () => {
    expect((await search('text=CURVE')).toSorted()).toEqual(['mixed1:1', 'mixed1:2']);
    expect(await search('text=100%20%25')).toEqual(['mixed1:2']);
    expect(await search('text=i_think')).toEqual(['mixed1:2']);
    expect(await search('text=ixthink')).toEqual([]);
  });

  test('by measures, highest first', async () => {
    expect(await search('range=curve.R:0.8~')).toEqual(['mixed1:1', 'mixed1:2', 'mixed1:3']);
    expect(await search('range=curve.R:0.8~&range=curve.echo:~0.02')).toEqual(['mixed1:1', 'mixed1:2']);
    expect(await search('range=curve.R:0.8~&tag=seen')).toEqual(['mixed1:3']);
  });

  test('with their pictures, tags, values and the place in the text', async () => {
    const { body } = await api.get('/search/units?range=curve.R:0.8~0.88&tag=seen');
    expect(body.items).toEqual([
      {
        model: 'tiny',
        layer: 'mixed1',
        channel: 3,
        thumbnail: expect.stringContaining('/objects/'),
        tags: ['family:curve', 'seen'],
        excerpt: null,
        values: [{ measure: 'curve.R', value: 0.85 }],
      },
    ]);
    const { body: byText } = await api.get('/search/units?text=like%20a');
    expect(byText.items[0]).toMatchObject({ channel: 1, excerpt: 'looks like a curve to me' });
  });

  test('page by page', async () => {
    const { body } = await api.get('/search/units?range=curve.R:0.8~&limit=2');
    expect(body.items).toHaveLength(2);
    expect(await search(`range=curve.R:0.8~&limit=2&cursor=${body.nextCursor}`)).toEqual(['mixed1:3']);
  });

  test('of the newest model of a name alone', async () => {
    await api.post('/models', tinyManifest({ config: { retrained: true } }));
    expect(await search('range=curve.R:0.8~')).toEqual([]);
  });
});

test.each(['', 'model=tiny', 'range=curve.R', 'range=curve.R:high~', 'range=curve.R:1-2~', 'cursor=x&tag=a'])(
  'a search by %j is refused',
  async (query) => {
    expect((await api.get(`/search/units?${query}`)).status).toBe(400);
  },
);
