import assert from 'node:assert/strict';
import type { StoredEvent } from '../../../../src/core/ports/events/event-store.ts';
import { type EventsPage, eventsPage } from '../../../../src/server/pages/events/page.ts';
import type { EventList } from '../../../../src/server/pages/events/read.ts';
import { eventOf } from '../../../support/events/events.ts';
import { cells, linksIn, textIn } from '../../../support/pages/read-page.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const SPAN = { start: NOW - 86_400_000, end: NOW };

function stored(id: string, given: Parameters<typeof eventOf>[1] = {}): StoredEvent {
  return { project: 'shop', ...eventOf(id, { at: NOW - 57_000, issueId: '1:a/b', ...given }) };
}

function pageOf(given: Partial<EventList> = {}, more: Partial<EventsPage> = {}): string {
  const data = { span: SPAN, events: [], next: null, isCut: false, hidden: new Map(), ...given };
  const around = { view: {}, faults: [], now: NOW, server: 'host-1', hasMessages: false, hasActions: true };
  return eventsPage({ ...around, projects: ['shop'], data, ...more });
}

const links = (text: string): readonly string[] => linksIn(text).map((it) => it.replaceAll('&amp;', '&'));

describe('the page of single events', () => {
  it('has a row each: time, level, project, title and issue, and all of it unfolds', () => {
    const event = stored('e 1', { text: 'one\n<b>two</b>', tags: { thread: 'main' }, user: 'id:7', culprit: null });
    const text = pageOf({ events: [event, stored('e2', { at: NOW - 86_000_000 })] }, { view: { range: '24h' } });
    assert.deepEqual(cells(text, 'event', 'e 1').slice(0, 3), ['10:01:03', 'error', 'shop']);
    assert.match(
      cells(text, 'event', 'e 1')[3]!,
      /^TypeError: cart is undefined all of it user id:7 thread main id e 1 one <b>two<\/b>/,
    );
    assert.equal(cells(text, 'event', 'e2')[0], '19 Nov 10:08:40');
    assert.ok(links(text).includes('/issues/1%3Aa%2Fb?range=24h&project=shop'));
    assert.ok(!text.includes('<b>two'));
    assert.match(textIn(text), /Time UTC/);
  });

  it('leads to older ones and to the file with what was chosen, and says how many that has', () => {
    const next = { at: NOW - 1_000, project: 'shop', id: 'a_b&c' };
    const view = { q: 'cart', level: 'error', after: { at: NOW, project: 'shop', id: 'z' } };
    const text = pageOf({ events: [stored('e1')], next }, { view });
    const all = links(text);
    assert.ok(all.includes('/events?q=cart&level=error&after=2026-11-20T10%3A01%3A59.000Z_shop_a_b%26c'));
    assert.ok(all.includes('/events?q=cart&level=error'), 'the newest');
    assert.ok(all.includes('/events.csv?q=cart&level=error'));
    assert.match(textIn(text), /at most 10,000 events; the last line says so/);
  });

  it('says that it did not look through all, that some are hidden, and when there is none', () => {
    const next = { at: NOW - 60_000, project: 'shop', id: 'z' };
    assert.match(textIn(pageOf({ isCut: true, next })), /20,000 events were looked through, back to 10:01 UTC/);
    assert.match(textIn(pageOf({ isCut: true, next })), /None of those that were looked at is like that/);
    assert.match(textIn(pageOf()), /No intake has stored an event of this range/);
    assert.match(textIn(pageOf({}, { view: { level: 'fatal' } })), /No event is like that in this range/);
    const mute = { id: 'm1' } as never;
    const hidden = new Map([['1:a/b', mute]]);
    assert.match(textIn(pageOf({ hidden })), /Events of 1 hidden issue are left out: show them/);
    const shown = pageOf({ hidden, events: [stored('e1')] }, { view: { hidden: 'shown' } });
    assert.match(textIn(shown), /are shown too: leave them out/);
    assert.ok(links(shown).includes('/act/unmute?mute=m1'));
  });

  it('lets people hide where they may act', () => {
    const events = [stored('e1')];
    assert.ok(links(pageOf({ events })).includes('/act/hide?issue=1%3Aa%2Fb'));
    assert.doesNotMatch(pageOf({ events }, { hasActions: false }), /\/act\//);
  });

  it('tells why it knows nothing', () => {
    assert.match(
      textIn(pageOf({}, { data: { unread: 'The ledger is away.' } })),
      /Events are not known They are in the ledger\. The ledger is away/,
    );
  });
});
