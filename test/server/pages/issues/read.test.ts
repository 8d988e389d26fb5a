import assert from 'node:assert/strict';
import { countIssues } from '../../../../src/server/pages/issues/counted.ts';
import { readIssues } from '../../../../src/server/pages/issues/read.ts';
import type { View } from '../../../../src/server/pages/view/view.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore, type FakeStore } from '../../../support/events/fake-store.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('issues of intakes as a page lists them', () => {
  let store: FakeStore;
  let id = 0;
  beforeEach(() => (store = fakeStore()));
  /** Events of an issue so long ago, each of another user. */
  const put = (project: string, issueId: string, ...agos: readonly number[]): void =>
    store.put(
      project,
      ...agos.map((ago, n) =>
        eventOf(`e${++id}`, { issueId, at: NOW - ago, user: `id:${n}`, title: `title ${issueId}` }),
      ),
    );
  const read = async (view: View = {}, projects = ['web', 'api']) =>
    readIssues(view, { store, projects }, { now: NOW, counted: countIssues(store) });
  const lines = async (view: View = {}): Promise<readonly string[]> =>
    (await read(view)).lines.map(
      ({ project, issueId, events, users }) => `${project} ${issueId} ${events} ${users ?? '-'}`,
    );

  it('have the events and users of the range, most first', async () => {
    put('web', 'a', HOUR / 2, 2 * HOUR, 30 * HOUR);
    put('web', 'b', 3 * HOUR, 4 * HOUR, 5 * HOUR);
    put('api', 'c', 40 * HOUR);
    store.put('api', eventOf('x', { issueId: 'd', at: NOW - 1 }), eventOf('y', { issueId: 'd', at: NOW - 2 }));
    assert.deepEqual(await lines(), ['web b 3 3', 'api d 2 0', 'web a 2 2']);
    assert.deepEqual(await lines({ range: '1h' }), ['api d 2 0', 'web a 1 1']);
    assert.deepEqual(await lines({ at: NOW - 29 * HOUR }), ['web a 1 1', 'api c 1 1']);
  });

  it('are those of whole days where the range has more than one', async () => {
    put('web', 'a', 10 * HOUR, 6 * DAY + 10 * HOUR, 6 * DAY + 10 * HOUR + 180_000);
    const { span } = await read({ range: '7d' });
    assert.deepEqual([span.start, span.end], [Date.UTC(2026, 10, 14), Date.UTC(2026, 10, 21)]);
    assert.deepEqual(await lines({ range: '7d' }), ['web a 2 2'], 'one happened just before');
    assert.deepEqual(await lines({ range: '30d' }), ['web a 3 3']);
  });

  it('come in the order that was chosen', async () => {
    put('web', 'a', 9 * HOUR, 2 * HOUR);
    put('web', 'b', HOUR);
    put('web', 'c', 5 * HOUR, 5 * HOUR, 5 * HOUR);
    store.put('web', ...[1, 2, 3, 4].map((n) => eventOf(`n${n}`, { issueId: 'd', at: NOW - 7 * HOUR, user: 'id:1' })));
    const ids = async (by: View['by']): Promise<string> =>
      (await read({ ...(by === undefined ? {} : { by }) })).lines.map(({ issueId }) => issueId).join('');
    assert.deepEqual(await Promise.all([undefined, 'users', 'first', 'last'].map((by) => ids(by as View['by']))), [
      'dcab',
      'cadb',
      'bcda',
      'bacd',
    ]);
  });

  it('are chosen by project, state and what they say', async () => {
    put('web', 'a', HOUR, 30 * HOUR);
    put('web', 'b', HOUR);
    put('api', 'c', HOUR);
    assert.deepEqual(await lines({ project: 'api' }), ['api c 1 1']);
    assert.deepEqual(await lines({ project: 'no' }), []);
    assert.deepEqual(await lines({ state: 'new', project: 'web' }), ['web b 1 1']);
    assert.deepEqual(await lines({ state: 'known' }), ['web a 1 1']);
    assert.deepEqual(await lines({ q: 'TITLE C' }), ['api c 1 1']);
  });

  it('are without those that somebody hid, unless one asks for them', async () => {
    put('web', 'a', HOUR);
    put('web', 'b', HOUR, HOUR);
    put('api', 'a', HOUR);
    const hidden = new Map([
      ['a', 'ann'],
      ['gone', 'ann'],
    ]);
    const list = async (view: View = {}): Promise<readonly unknown[]> => {
      const around = { now: NOW, counted: countIssues(store), hidden };
      const { total, hidden: left, lines: own } = await readIssues(view, { store, projects: ['web', 'api'] }, around);
      return [total, left, own.map(({ issueId }) => issueId).join('')];
    };
    assert.deepEqual(await list(), [1, 2, 'b']);
    assert.deepEqual(await list({ hidden: 'shown' }), [3, 0, 'baa']);
    assert.deepEqual(await list({ project: 'api' }), [0, 1, '']);
  });

  it('are on pages of fifty, and a page behind the last is the last', async () => {
    for (let n = 0; n < 101; n++) put('web', `i${n}`, n + 1);
    const at = async (page: number): Promise<readonly unknown[]> => {
      const { from, total, lines: own } = await read({ page });
      return [from, total, own.length, own[0]!.issueId];
    };
    assert.deepEqual(await at(1), [0, 101, 50, 'i0']);
    assert.deepEqual(await at(2), [50, 101, 50, 'i50']);
    assert.deepEqual(await at(3), [100, 101, 1, 'i100']);
    assert.deepEqual(await at(99), [100, 101, 1, 'i100']);
  });

  it('have no users where there are too many events to look at, and it is said of which project', async () => {
    put('web', 'a', HOUR);
    put('api', 'c', HOUR);
    const held = store.held.bind(store);
    store.held = async (projects, span) => (projects[0] === 'web' ? 30_001 : held(projects, span));
    const list = await read();
    assert.deepEqual(list.uncounted, ['web']);
    assert.deepEqual(list.rejects, []);
    assert.deepEqual(await lines({ by: 'users' }), ['api c 1 1', 'web a 1 -']);
  });

  it('are counted once while nothing of their range is stored, and anew when something is', async () => {
    put('web', 'a', HOUR);
    let finds = 0;
    const find = store.find.bind(store);
    store.find = async (asked) => {
      finds += 1;
      return find(asked);
    };
    const counted = countIssues(store);
    const events = async (view: View = {}): Promise<readonly number[]> =>
      (await readIssues(view, { store, projects: ['web'] }, { now: NOW, counted })).lines.map((line) => line.events);
    assert.deepEqual([await events(), await events(), await events({ by: 'last' }), finds], [[1], [1], [1], 1]);
    assert.deepEqual([await events({ q: 'no' }), finds], [[], 2]);
    put('web', 'a', 2 * HOUR);
    assert.deepEqual([await events(), finds], [[2], 3]);
  });
});
