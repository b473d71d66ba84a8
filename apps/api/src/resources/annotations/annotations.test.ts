import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const of = (subject: string) => `/annotations/${encodeURIComponent(subject)}`;
const unit = of('unit/tiny/mixed1/3');
const put = (url: string, payload?: object) => api.call({ method: 'PUT', url, ...(payload && { payload }) });

describe('a note', () => {
  test('is one text, whose changes are counted', async () => {
    const first = await put(`${unit}/note`, { body: '# A **curve** detector', version: 0 });
    expect(first).toMatchObject({ status: 200, body: { version: 1, updatedBy: { name: 'Local user' } } });
    await put(`${unit}/note`, { body: 'Perhaps not', version: 1 });
    expect((await api.get(unit)).body.note).toMatchObject({ body: 'Perhaps not', version: 2 });
  });

  test.each([0, 1, 3])('is not overwritten by whoever read another version: %i', async (version) => {
    const { status, body } = await put(`${unit}/note`, { body: 'Mine', version });
    expect([status, body.code]).toEqual([409, 'NOTE_CHANGED']);
    expect((await api.get(unit)).body.note.body).toBe('Perhaps not');
  });

  test('that two write at once is the text of one of them', async () => {
    const writes = ['a', 'b', 'c'].map((body) =>
      put(`${of('unit/tiny/mixed1/0')}/note`, { body, version: 0 }),
    );
    const statuses = (await Promise.all(writes)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });
});

describe('tags', () => {
  test('are put, listed by use and taken away', async () => {
    await put(`${unit}/tags/curve%20detector`);
    await put(`${unit}/tags/curve%20detector`);
    await put(`${of('unit/tiny/mixed1/4')}/tags/curve%20detector`);
    expect((await put(`${unit}/tags/black`)).body).toEqual({ tags: ['black', 'curve detector'] });
    expect((await api.get('/tags')).body.items).toEqual([
      { name: 'curve detector', count: 2 },
      { name: 'black', count: 1 },
    ]);
    expect((await api.get('/tags?search=BLA')).body.items).toEqual([{ name: 'black', count: 1 }]);
    const left = await api.call({ method: 'DELETE', url: `${unit}/tags/black` });
    expect(left.body).toEqual({ tags: ['curve detector'] });
  });
});

describe('comments', () => {
  const comment = async (body: string) => (await api.post(`${unit}/comments`, { body })).body;

  test('come in the order in which they were written, in pages', async () => {
    const written = [await comment('one'), await comment('two'), await comment('three')];
    expect(written[0]).toMatchObject({ own: true, editedAt: null, author: { name: 'Local user' } });
    const first = (await api.get(`${unit}/comments?limit=2`)).body;
    const second = (await api.get(`${unit}/comments?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(written);
    expect(second.nextCursor).toBeNull();
    expect((await api.get(unit)).body.comments).toBe(3);
  });

  test('are changed and deleted by whoever wrote them, and by nobody else', async () => {
    const { id } = await comment('before');
    expect((await put(`/comments/${id}`, { body: 'after' })).body).toMatchObject({
      body: 'after',
      editedAt: expect.any(String) as string,
    });
    const { db } = api.services;
    const other = await db.user.create({ data: { email: 'other@fovea.invalid', name: 'Other' } });
    await db.comment.update({ where: { id }, data: { authorId: other.id } });
    const refused = await put(`/comments/${id}`, { body: 'taken over' });
    expect([refused.status, refused.body.code]).toEqual([403, 'COMMENT_NOT_OWN']);
    await db.comment.update({ where: { id }, data: { authorId: api.services.owner.createdById } });
    expect((await api.call({ method: 'DELETE', url: `/comments/${id}` })).status).toBe(204);
    expect((await put(`/comments/${id}`, { body: 'gone' })).status).toBe(404);
  });
});

describe('a search of texts', () => {
  test('finds parts of notes and comments, whatever their case', async () => {
    await put(`${of('unit/tiny/conv1/1')}/note`, { body: 'Sharp 50% CORNERS', version: 0 });
    await api.post(`${of('unit/tiny/conv1/2')}/comments`, { body: 'no corners here' });
    const { body } = await api.get('/annotations?search=corners');
    expect(body.items.map(({ subject, where }: any) => [subject, where])).toEqual([
      ['unit/tiny/conv1/2', 'comment'],
      ['unit/tiny/conv1/1', 'note'],
    ]);
    expect((await api.get('/annotations?search=50%25%20c')).body.items).toHaveLength(1);
    expect((await api.get('/annotations?search=_harp')).body.items).toHaveLength(0);
    expect((await api.get('/annotations?search=corners&subject=unit/tiny/conv1/2')).body.items).toHaveLength(
      1,
    );
    const first = (await api.get('/annotations?search=corners&limit=1')).body;
    const second = (await api.get(`/annotations?search=corners&limit=1&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(body.items);
  });
});

test.each([
  ['unit/tiny/mixed1/8', 404, 'UNIT_NOT_FOUND'],
  ['unit/tiny/nowhere/0', 404, 'LAYER_NOT_FOUND'],
  ['circuit/00000000-0000-7000-8000-000000000000', 404, 'NOT_FOUND'],
  ['circuit/1', 400, 'SUBJECT_INVALID'],
  ['weather', 400, 'SUBJECT_INVALID'],
])('nobody writes about %s', async (subject, status, code) => {
  const answer = await put(`${of(subject)}/note`, { body: 'x', version: 0 });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});
