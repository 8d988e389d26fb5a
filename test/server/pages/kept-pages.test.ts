import assert from 'node:assert/strict';
import { htmlAnswer, type PageAnswer } from '../../../src/server/pages/answer.ts';
import { keepPages, keepUnchanged } from '../../../src/server/pages/kept-pages.ts';
import type { PageData } from '../../../src/server/pages/data/model.ts';
import { html } from '../../../src/server/pages/html.ts';
import { filterDataOf, pageDataOf } from '../../support/pages/page-data.ts';

describe('pages that are kept', () => {
  let [now, version, made] = [0, 0, 0];
  beforeEach(() => ([now, version, made] = [1_000_000, 1, 0]));
  const make = (): PageAnswer => htmlAnswer(200, `page ${(made += 1)}`);

  it('are made once in two seconds, unless there is something new', async () => {
    const kept = keepPages({ now: () => now, version: () => version });
    const text = async (key: string): Promise<string> => (await kept(key, async () => make()))!.text;
    assert.deepEqual([await text('/'), await text('/'), await text('/status')], ['page 1', 'page 1', 'page 2']);
    now += 1_999;
    assert.equal(await text('/'), 'page 1');
    version += 1;
    assert.equal(await text('/'), 'page 3');
    now += 2_000;
    assert.equal(await text('/'), 'page 4');
  });

  it('are not kept when there is no such page, or it could not be made', async () => {
    const kept = keepPages({ now: () => now, version: () => version });
    assert.equal(await kept('/filters/no', async () => null), null);
    await assert.rejects(
      kept('/', () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal((await kept('/filters/no', async () => make()))!.text, 'page 1');
    assert.equal((await kept('/', async () => make()))!.text, 'page 2');
  });

  it('are twenty at most: who may look can ask for any view', async () => {
    const kept = keepPages({ now: () => now, version: () => version });
    for (let n = 0; n < 21; n++) await kept(`/?q=${n}`, async () => make());
    await kept('/?q=1', async () => make());
    assert.equal(made, 21, 'the second is still there');
    await kept('/?q=0', async () => make());
    assert.equal(made, 22, 'the first made room');
  });

  it('while they would say the same are six at most, those that were looked at last', async () => {
    const unchanged = keepUnchanged();
    const data = pageDataOf();
    const text = async (key: string, seen = data): Promise<string> =>
      (await unchanged(key, seen, { rows: async () => html``, page: make })).text;
    for (let n = 0; n < 6; n++) await text(`/?q=${n}`);
    assert.equal(await text('/?q=0'), 'page 1');
    await text('/?q=6');
    assert.equal(await text('/?q=0'), 'page 1');
    assert.equal(await text('/?q=1'), 'page 8');
    assert.equal(await text('/?q=0', { ...data, overdue: 1 }), 'page 9');
  });

  it('have the rows of before as long as those would say the same', async () => {
    const unchanged = keepUnchanged();
    const data = pageDataOf();
    let rows = 0;
    const text = async (seen: PageData): Promise<string> =>
      (
        await unchanged('/', seen, {
          rows: async () => html`rows ${(rows += 1)}`,
          page: (it) => htmlAnswer(200, it.text),
        })
      ).text;
    assert.equal(await text(data), 'rows 1');
    assert.equal(await text({ ...data, now: data.now + 60_000 }), 'rows 1');
    assert.equal(await text({ ...data, now: data.now + 61_000, overdue: 1 }), 'rows 2');
    assert.equal(await text({ ...data, now: data.now + 61_000, overdue: 1 }), 'rows 2');
    assert.equal(await text({ ...data, filters: [filterDataOf('another')] }), 'rows 3');
  });
});
