import assert from 'node:assert/strict';
import type { PageAlerting } from '../../../../src/server/pages/data/alerts/of-page.ts';
import { createEvents } from '../../../../src/server/pages/events/index.ts';
import { readEvents } from '../../../../src/server/pages/events/read.ts';
import type { View } from '../../../../src/server/pages/view/view.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore, type FakeStore } from '../../../support/events/fake-store.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const MINUTE = 60_000;

describe('events of intakes as a page lists them', () => {
  let store: FakeStore;
  beforeEach(() => (store = fakeStore()));
  const put = (id: string, given: Partial<Parameters<typeof eventOf>[1]> = {}, project = 'web'): void =>
    store.put(project, eventOf(id, { at: NOW - MINUTE, ...given }));
  const alerting = (...ids: readonly string[]): PageAlerting => {
    const hidden = new Map(ids.map((name) => [name, { id: `h-${name}` }]));
    return { hidden: async () => hidden, isWanted: () => true } as unknown as PageAlerting;
  };
  const read = async (view: View = {}, hidden?: PageAlerting) =>
    readEvents(view, { events: { store, projects: ['web', 'api'] }, alerting: hidden, now: NOW });
  const ids = async (...given: Parameters<typeof read>): Promise<string> =>
    (await read(...given)).events.map(({ id }) => id).join(' ');

  it('are those of the range, of a project, of a level, and with all words anywhere in them', async () => {
    put('a', { title: 'Card DECLINED', text: 'at the till', level: 'fatal' });
    put('b', { title: 'Timeout', text: 'Ärger mit der Karte', issueId: '1:f00' }, 'api');
    put('c', { title: 'Timeout', culprit: 'till.py', at: NOW - 90 * MINUTE });
    put('d', { title: 'old', at: NOW - 25 * 60 * MINUTE });
    assert.equal(await ids(), 'b a c');
    assert.equal(await ids({ range: '1h' }), 'b a');
    assert.equal(await ids({ range: '7d' }), 'b a c d');
    assert.equal(await ids({ project: 'api' }), 'b');
    assert.equal(await ids({ level: 'fatal' }), 'a');
    assert.equal(await ids({ q: 'TILL' }), 'a c');
    assert.equal(await ids({ q: 'declined till' }), 'a');
    assert.equal(await ids({ q: 'ärger' }), 'b');
    assert.equal(await ids({ q: '1:F00' }), 'b', 'by the id of its issue');
    assert.equal(await ids({ q: '%' }), '');
  });

  it('come fifty at a time, and the next begin where the last ended', async () => {
    for (let n = 0; n < 120; n++) put(`e${String(n).padStart(3, '0')}`, { at: NOW - MINUTE - n * 10 });
    const pages: string[] = [];
    for (let view: View = {}; ;) {
      const { events, next } = await read(view);
      pages.push(...events.map(({ id }) => id));
      put(`newer ${pages.length}`, { at: NOW - 1 });
      if (next === null) break;
      view = { after: next };
    }
    assert.deepEqual(
      pages,
      Array.from({ length: 120 }, (_, n) => `e${String(n).padStart(3, '0')}`),
    );
  });

  it('are looked through so far, and then say so', async () => {
    for (let n = 0; n < 20_001; n++) put(`e${n}`, { at: NOW - MINUTE - n, title: n === 20_000 ? 'rare' : 'usual' });
    const { events, isCut, next } = await read({ q: 'rare' });
    assert.deepEqual([events.length, isCut, next?.id], [0, true, 'e19999']);
    assert.equal(await ids({ q: 'rare', after: next! }), 'e20000');
  });

  it('leave out issues that somebody hid, unless they are asked for', async () => {
    put('a', { issueId: '1' });
    put('b', { issueId: '2' });
    put('c', { issueId: '3' });
    const hidden = alerting('1', '2');
    assert.equal(await ids({}, hidden), 'c');
    assert.equal(await ids({ hidden: 'shown' }, hidden), 'c b a');
    assert.deepEqual([...(await read({}, hidden)).hidden.keys()], ['1', '2']);
  });

  describe('as a file', () => {
    const file = async (view: View = {}): Promise<readonly string[]> => {
      const options = { now: () => NOW, sleep: async () => undefined, server: 'a', redact: (it: string) => it };
      let text = '';
      for await (const part of createEvents(options).csv(view, { store, projects: ['web'] })) text += part;
      return text.split('\r\n').slice(1, -1);
    };

    it('are the same', async () => {
      put('a', { title: 'one' });
      put('b', { title: 'two' });
      const lines = await file({ q: 'two' });
      assert.equal(lines.length, 1);
      assert.match(lines[0]!, /^2026-11-20T10:01:00\.000Z,error,web,two,/);
    });

    it('are ten thousand at most, and the last line says so', async () => {
      for (let n = 0; n < 10_001; n++) put(`e${n}`, { at: NOW - MINUTE - n });
      const lines = await file();
      assert.equal(lines.length, 10_001);
      assert.match(lines[9_999]!, /,e9999,/);
      assert.match(lines[10_000]!, /^"Cut: only the newest 10,000 events of this choice are here\.",/);
      store.events.pop();
      assert.equal((await file()).length, 10_000, 'as many as there are: nothing is cut');
    });
  });
});
