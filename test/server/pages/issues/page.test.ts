import assert from 'node:assert/strict';
import { issueListPage, type ListPage } from '../../../../src/server/pages/issues/page.ts';
import type { IssueLine, IssueList } from '../../../../src/server/pages/issues/read.ts';
import { cells, linksIn, textIn } from '../../../support/pages/read-page.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const HOUR = 3_600_000;
const SPAN = { start: NOW - 24 * HOUR, end: NOW };

function lineOf(issueId: string, given: Partial<IssueLine> = {}, title = 'TypeError: cart is undefined'): IssueLine {
  const times = { project: 'shop', issueId, first: NOW - 48 * HOUR, last: NOW - HOUR };
  const issue = { ...times, title, culprit: 'cart.js in total', level: 'error', url: null };
  return { ...times, events: 1234, users: 5, issue, tickets: [], ...given };
}

function pageOf(given: Partial<IssueList> = {}, more: Partial<ListPage> = {}): string {
  const data = {
    span: SPAN,
    lines: [],
    total: 0,
    hidden: 0,
    from: 0,
    isCut: false,
    uncounted: [],
    rejects: [],
    ...given,
  };
  const around = { view: {}, faults: [], now: NOW, server: 'host-1', hasMessages: false };
  return issueListPage({ ...around, projects: ['shop'], data, ...more });
}

const links = (text: string): readonly string[] => linksIn(text).map((it) => it.replaceAll('&amp;', '&'));

describe('the page of issues of intakes', () => {
  it('has a row each, which leads to the issue', () => {
    const text = pageOf(
      { total: 2, lines: [lineOf('650'), lineOf('1:a/b', { users: null, first: NOW - HOUR, issue: null })] },
      { view: { range: '24h' } },
    );
    assert.deepEqual(cells(text, 'issue', '650'), [
      'TypeError: cart is undefined cart.js in total error',
      'shop',
      'known',
      '1,234',
      '5',
      '18 Nov 10:02',
      '09:02',
    ]);
    assert.deepEqual(cells(text, 'issue', '1:a/b').slice(0, 5), ['1:a/b', 'shop', 'new', '1,234', '–']);
    const all = links(text);
    assert.ok(all.includes('/issues/650?range=24h&project=shop'));
    assert.ok(all.includes('/issues/1%3Aa%2Fb?range=24h&project=shop'));
  });

  it('shows titles as text', () => {
    const title = '<script>alert(1)</script> "x" \u202e\u0000';
    const text = pageOf({ total: 1, lines: [lineOf('1', {}, title), lineOf('2', {}, '\u200b ')] });
    assert.ok(!text.includes('<script>alert'));
    assert.match(cells(text, 'issue', '1')[0]!, /^<script>alert\(1\)<\/script> "x"/);
    assert.match(cells(text, 'issue', '2')[0]!, /^2 /, 'a title that shows nothing is none');
    assert.doesNotMatch(text, /[\u202e\u0000]/);
  });

  it('says how many there are, and leads to those before and after with what was chosen', () => {
    const lines = Array.from({ length: 50 }, (_, n) => lineOf(String(n)));
    const text = pageOf({ total: 10_000, from: 50, lines }, { view: { by: 'users', q: 'cart', page: 2 } });
    assert.match(textIn(text), /10,000 issues found\. show all/);
    assert.match(textIn(text), /51 to 100 of 10,000/);
    const all = links(text);
    assert.ok(all.includes('/issues?q=cart&by=users'), 'the first');
    assert.ok(all.includes('/issues?q=cart&by=users&page=3'));
    assert.ok(all.includes('/issues?q=cart&by=last'), 'another order begins anew');
    assert.match(text, /aria-sort="descending">\s*<a href="[^"]*by=users/);
  });

  it('says how many are hidden, and leads to them and back', () => {
    const found = { total: 1, hidden: 2, lines: [lineOf('1')] };
    assert.match(textIn(pageOf(found)), /1 issue\. 2 more are hidden: show/);
    assert.ok(links(pageOf(found, { view: { q: 'x', page: 2 } })).includes('/issues?q=x&hidden=shown'));
    assert.doesNotMatch(textIn(pageOf({ ...found, hidden: 0 })), /hidden/);
    const shown = pageOf({ ...found, hidden: 0 }, { view: { q: 'x', hidden: 'shown' } });
    assert.match(textIn(shown), /Hidden ones are among them: leave them out/);
    assert.ok(links(shown).includes('/issues?q=x'));
  });

  it('says what it lacks and what of the address was not taken', () => {
    const text = textIn(pageOf({ isCut: true, uncounted: ['shop', 'back'] }, { faults: ['by is not taken: <x>.'] }));
    assert.match(text, /Only the 20,000 issues with the newest events are looked through/);
    assert.match(text, /Users of shop, back are not counted: more than 30,000 events/);
    assert.match(text, /by is not taken: <x>\./);
    assert.match(text, /No intake has stored an event of this range/);
    assert.match(textIn(pageOf({}, { view: { state: 'new' } })), /No issue is like that in this range/);
  });

  it('lets one choose among projects where there are several, and leads to the last window', () => {
    assert.doesNotMatch(pageOf(), /<select id="ask-project"/);
    const text = pageOf({}, { projects: ['shop', 'back'], view: { project: 'gone', range: '7d' } });
    assert.match(text, /<option value="gone" selected>/);
    assert.ok(links(text).includes('/issues?range=7d&of=window'));
  });

  it('says why nothing is known', () => {
    const text = pageOf({}, { data: { unread: 'The ledger cannot be read: <away>.' } });
    assert.match(textIn(text), /Issues are not known .*The ledger cannot be read: <away>\./);
  });
});

describe('what could not be read, on the page of issues', () => {
  const reject = { id: 'r', at: NOW - 60_000, reason: 'nine <columns>', place: 'a.tsv, byte 7', text: '<b>x' };
  const rejected = { project: 'shop', total: 12, notes: 1, newest: [{ ...reject, isNote: false }] };

  it('is counted by intake, with the newest of it and how to see the rest', () => {
    const text = textIn(pageOf({ rejects: [rejected, { ...rejected, project: 'back', total: 0, newest: [] }] }));
    assert.match(text, /shop : 12 records were not read, 1 remark 10:01 UTC: nine <columns> a\.tsv, byte 7 <b>x/);
    assert.match(text, /12 more: sentry-monitor intake shop --rejects/);
    assert.match(text, /back : 1 remark/);
    const remark = { ...reject, isNote: true };
    assert.match(textIn(pageOf({ rejects: [{ ...rejected, newest: [remark] }] })), /UTC: read, but nine/);
    assert.doesNotMatch(textIn(pageOf({})), /with a remark/);
  });
});
