import assert from 'node:assert/strict';
import { countIssues } from '../../../../src/server/pages/issues/counted.ts';
import { readIssues } from '../../../../src/server/pages/issues/read.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore } from '../../../support/events/fake-store.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);

describe('counts of issues that pages keep', () => {
  it('are counted again when there are other events, and those of few pages are kept', async () => {
    const store = fakeStore();
    let found = 0;
    const find = store.find.bind(store);
    store.find = async (asked) => (found++, find(asked));
    store.put('shop', eventOf('e1', { at: NOW - 1_000, issueId: 'a', user: 'id:1' }));
    const counted = countIssues(store);
    const ask = (text?: string) => counted('shop', { span: { start: NOW - 3_600_000, end: NOW }, text, first: false });
    await ask();
    await ask();
    assert.equal(found, 1);
    store.put('shop', eventOf('e2', { at: NOW - 500, issueId: 'a', user: 'id:2' }));
    const { users } = await ask();
    assert.deepEqual([found, [...(await users!(['a']))]], [2, [['a', 2]]]);
    for (let n = 0; n < 25; n++) await users!([`x${n}`]);
    for (let n = 0; n < 7; n++) await ask(`text ${n}`);
    await ask();
    assert.equal(found, 10, 'the first was forgotten');
  });
});

describe('a list of issues', () => {
  const lines = async (view: object, given: object = {}) => {
    const store = fakeStore();
    for (const issueId of ['a', 'b']) store.put('shop', eventOf(issueId, { at: NOW - 1_000, issueId }));
    const looking = { now: NOW, counted: countIssues(store), ...given };
    const { lines: all, hidden } = await readIssues(view, { store, projects: ['shop'] }, looking);
    return [all.map(({ issueId }) => issueId).toSorted(), hidden];
  };

  it('leaves out what somebody hid, unless it is asked for', async () => {
    const hidden = new Map([['b', {}]]);
    assert.deepEqual(await lines({}, { hidden }), [['a'], 1]);
    assert.deepEqual(await lines({ hidden: 'shown' }, { hidden }), [['a', 'b'], 0]);
  });

  it('has those with a ticket, or without one', async () => {
    const ticket = { id: '1', key: 'CRM-1', url: '', isDone: false, doneAt: null, link: 'exact' };
    const tickets = { of: async () => new Map([['shop/a', [ticket]]]), teams: [] };
    assert.deepEqual(await lines({ ticket: 'none' }, { tickets }), [['b'], 0]);
    assert.deepEqual(await lines({ ticket: 'open' }, { tickets }), [['a'], 0]);
  });
});
