import assert from 'node:assert/strict';
import { type Shown, whenControls, whenWords } from '../../../../src/server/pages/components/when.ts';
import { linkOf, textIn } from '../../../support/pages/read-page.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 20, 10, 7, 30);
const END = Date.UTC(2026, 10, 20, 10, 5);

const shown = (hours: number, end: number, view: Shown['view'] = {}): Shown => ({
  path: '/filters',
  view,
  data: { now: NOW, span: { start: end - hours * HOUR, end } },
});

describe('range and instant', () => {
  it('are links that keep what else was chosen; the one that is shown is marked', () => {
    const text = whenControls(shown(12, END, { sort: 'now' })).text;
    assert.equal(linkOf(text, '7d'), '/filters?range=7d&sort=now');
    assert.deepEqual(
      [...text.matchAll(/aria-current="true">([^<]+)</g)].map(([, name]) => name),
      ['12h', 'now'],
    );
    assert.match(textIn(text), /^1h 12h 24h 7d 30d ← earlier later → now up to \(UTC\) Show$/);
  });

  it('move by one range, back to now when that is reached', () => {
    const now = whenControls(shown(12, END)).text;
    assert.equal(linkOf(now, '← earlier'), '/filters?at=2026-11-19T22%3A05%3A00.000Z');
    assert.throws(() => linkOf(now, 'later →'), 'there is nothing later');
    const past = whenControls(shown(12, END - 24 * HOUR, { at: END - 24 * HOUR, range: '12h' })).text;
    assert.equal(linkOf(past, 'later →'), '/filters?range=12h&at=2026-11-19T22%3A05%3A00.000Z');
    assert.equal(linkOf(past, 'now'), '/filters?range=12h');
    const nearly = whenControls(shown(12, END - 11 * HOUR, { at: END - 11 * HOUR })).text;
    assert.equal(linkOf(nearly, 'later →'), '/filters');
  });

  it('are asked for by a form whose field says the instant that is shown', () => {
    const text = whenControls(shown(1, END - HOUR, { at: END - HOUR, range: '1h', q: '<b>' })).text;
    assert.match(text, /<form class="ask" method="get" action="\/filters">/);
    assert.match(text, /<input type="hidden" name="range" value="1h"><input type="hidden" name="q" value="&lt;b&gt;">/);
    assert.match(text, /name="at" step="300" value="2026-11-20T09:05"/);
  });

  it('are asked for by a field that begins with what may be asked: a long range ends later than now', () => {
    const text = whenControls(shown(720, Date.UTC(2026, 10, 20, 12), { range: '30d' })).text;
    assert.match(text, /name="at" step="300" value="2026-11-20T10:05"/);
  });

  it('are said in words, with days where they are not today', () => {
    assert.equal(whenWords(shown(1, END)), 'the last hour, 09:05–10:05 UTC');
    assert.equal(whenWords(shown(12, END)), 'the last 12 hours, 19 Nov 22:05 – 20 Nov 10:05 UTC');
    const yesterday = END - 24 * HOUR;
    assert.equal(whenWords(shown(1, yesterday, { at: yesterday })), '1 hour, 19 Nov 09:05–10:05 UTC');
    const year = Date.UTC(2026, 0, 1);
    assert.equal(whenWords(shown(168, year, { at: year })), '7 days, 25 Dec 2025 00:00 – 1 Jan 00:00 UTC');
  });
});
