import assert from 'node:assert/strict';
import type { MessagesPage } from '../../../../src/server/pages/messages/page.ts';
import { messagesPage } from '../../../../src/server/pages/messages/page.ts';
import type { ChannelShown, MessagesData } from '../../../../src/server/pages/messages/read.ts';
import { AT, keptIn } from '../../../support/alerting/outbox-bench.ts';
import { alertIn, messageIn, tellingIn } from '../../../support/alerting/stage.ts';
import { linksIn, textIn } from '../../../support/pages/read-page.ts';

const NOW = AT + 600_000;
const DAY = 86_400_000;
const NOTHING: MessagesData = {
  ...{ channels: [], held: [], heldTotal: 0, mutes: [] },
  ...{ messages: [], hasMore: false, actions: [] },
};

function channel(name: string, given: Partial<ChannelShown> = {}): ChannelShown {
  const standing = { lastSuccess: NOW - 60_000, lastError: null, isUnheard: false, isGone: false };
  return { channel: name, counts: {}, ...standing, ...given };
}

function pageOf(data: MessagesPage['data'], given: Partial<MessagesPage> = {}): string {
  const rest = { view: {}, faults: [], filters: ['crm', 'shop'], now: NOW, server: 'host-1' };
  return messagesPage({ ...rest, data, hasMessages: true, hasActions: true, ...given });
}

function part(text: string, id: string): string {
  return new RegExp(`<section[^>]*aria-labelledby="${id}">([^]*?)</section>`).exec(text)?.[1] ?? `no ${id}`;
}

describe('the page of messages', () => {
  it('says once in which zone all of its times are', () => {
    assert.equal(pageOf(NOTHING).match(/times are UTC/g)?.length, 1);
    assert.match(textIn(pageOf(NOTHING)), /Messages times are UTC .*No channel is set up/s);
  });

  it('says what is not there', () => {
    const text = pageOf(NOTHING);
    assert.match(textIn(part(text, 'channels')), /No channel is set up/);
    assert.match(textIn(part(text, 'mutes')), /Nothing is muted/);
    assert.match(textIn(part(text, 'list')), /No message yet/);
    assert.match(textIn(part(pageOf(NOTHING, { view: { state: 'sent' } }), 'list')), /No message is like that/);
    assert.deepEqual([part(text, 'held'), part(text, 'done')], ['no held', 'no done']);
  });

  it('shows each channel, red when it fails or is unheard, and counts those in the title', () => {
    const channels = [
      channel('boss', { lastSuccess: null }),
      channel('crm', { counts: { sent: 1234, pending: 1, muted: 2, quiet: 3, refused: 4, 'given up': 5 } }),
      channel('hook', { lastError: 'answered 500' }),
      channel('night', { lastSuccess: NOW - 8 * DAY, isUnheard: true }),
      channel('old', { isGone: true, lastError: 'gone' }),
    ];
    const text = pageOf({ ...NOTHING, channels });
    const rows = [...text.matchAll(/<tr data-channel="\w+">([^]*?)<\/tr>/g)];
    assert.deepEqual(
      rows.map(([, row]) => textIn(row!)),
      [
        '· boss never yet 0 0 0 0',
        '✓ crm 10:09 1 min ago 1,234 6 0 9',
        '✕ hook 10:09 1 min ago 0 0 0 0 answered 500',
        '✕ night 12 Nov 10:10 8 days ago 0 0 0 0',
        '· old in no file of this server 10:09 1 min ago 0 0 0 0 gone',
      ],
    );
    assert.match(text, /<title>\(2\) Messages/);
  });

  it('shows what is held back, and how much more there is', () => {
    const tellings = Array.from({ length: 7 }, () => ({
      ...tellingIn('crm', 'shop', AT),
      ...{ fate: 'muted' as const, messageId: null, reason: 'until noon: moving' },
    }));
    const held = [{ channel: 'crm', fate: 'muted' as const, reason: 'until noon: moving', tellings }];
    const text = textIn(part(pageOf({ ...NOTHING, held, heldTotal: 1200 }), 'held'));
    assert.match(text, /^Held back 1,200 pieces of news in no message yet/);
    assert.match(text, /crm muted until noon: moving shop : firing, events > 100 , 10:00 : 101 events/);
    assert.match(text, /and 2 others 1,193 older ones not shown\.$/);
  });

  it('ends mutes of people, and leaves those of files to their files', () => {
    const what = { kind: 'filter', name: 'shop' } as const;
    const until = { kind: 'instant', at: NOW + 3_600_000 } as const;
    const mutes = [
      { mute: { id: 'm-1', what, until, why: 'moving', since: AT, by: 'ann' }, isOfFile: false, holds: 3 },
      {
        mute: { id: 'config/filters.yaml:9', what: { kind: 'all' as const }, until, why: '<b>', since: AT },
        ...{ isOfFile: true, holds: 0 },
      },
    ];
    const text = part(pageOf({ ...NOTHING, mutes }), 'mutes');
    assert.match(textIn(text), /filter shop 11:10 3 moving ann , 10:00 unmute/);
    assert.match(textIn(text), /everything 11:10 0 <b> config\/filters\.yaml:9 mute something$/);
    assert.deepEqual(linksIn(text), ['/act/unmute?mute=m-1', '/act/mute?']);
    assert.deepEqual(linksIn(part(pageOf({ ...NOTHING, mutes }, { hasActions: false }), 'mutes')), []);
  });

  it('leads from an issue that is muted or hidden to its page', () => {
    const until = { kind: 'instant', at: NOW + 3_600_000 } as const;
    const mutes = (['issue', 'page'] as const).map((kind) => ({
      mute: { id: kind, what: { kind, name: '65.a' }, until, why: 'known', since: AT },
      ...{ isOfFile: false, holds: 0 },
    }));
    const text = part(pageOf({ ...NOTHING, mutes }, { hasActions: false }), 'mutes');
    assert.match(textIn(text), / issue 65\.a 11:10 .* the pages’ lists: issue 65\.a 11:10 /);
    assert.deepEqual(linksIn(text), ['/issues/65.a', '/issues/65.a']);
  });

  it('shows each message with its alerts and its fate; only what nobody took may go again', () => {
    const alerts = Array.from({ length: 5 }, (_, n) => alertIn('crm', AT, { why: `<i>${n} events` }));
    const messages = [
      keptIn('m1', AT, { fate: 'sent', tries: 1, nextAt: Infinity, message: messageIn('m1', { alerts }) }),
      keptIn('m2', AT, { fate: 'refused', tries: 1, nextAt: Infinity, error: 'no <such> channel' }),
      keptIn('m3', AT, { fate: 'given up', tries: 12, nextAt: Infinity }),
      keptIn('m4', AT, { fate: 'uncertain', tries: 2, nextAt: Infinity }),
      keptIn('m5', AT, { fate: 'uncertain', tries: 1, nextAt: NOW + 60_000 }),
      keptIn('m6', AT, { fate: 'pending', tries: 2, nextAt: NOW + 120_000 }),
      keptIn('m7', AT, { fate: 'pending', nextAt: Infinity }),
    ];
    const text = part(pageOf({ ...NOTHING, messages }), 'list');
    const rows = [...text.matchAll(/<tr data-message="(\w+)"[^>]*>([^]*?)<\/tr>/g)];
    const said = Object.fromEntries(rows.map(([, id, row]) => [id!, textIn(row!)]));
    assert.match(
      said['m1']!,
      /10:00 ops 5 alerts of crm: 5 firing warning firing: crm , events > 100 , since 10:00 : <i>0/,
    );
    assert.match(said['m1']!, /2 more alerts .*<i>4 events sent$/);
    assert.match(said['m2']!, /refused no <such> channel send again$/);
    assert.match(said['m3']!, /given up after a day 12 posts send again$/);
    assert.match(said['m4']!, /perhaps sent 2 posts send again$/);
    assert.match(said['m5']!, /perhaps sent, is sent once more$/);
    assert.match(said['m6']!, /waits to be sent 2 posts not before 10:12$/);
    assert.match(said['m7']!, /waits for the message of the week$/);
    assert.doesNotMatch(pageOf({ ...NOTHING, messages }, { hasActions: false }), /\/act\//);
  });

  it('leads to older ones, and back to the newest, with what was chosen', () => {
    const messages = [keptIn('m 9', AT, { fate: 'sent' })];
    const view = { channel: 'ops', before: { createdAt: AT + 1, id: 'x' } };
    const text = part(pageOf({ ...NOTHING, messages, hasMore: true }, { view }), 'list');
    assert.ok(linksIn(text).includes('/messages?channel=ops#list'));
    assert.ok(
      linksIn(text).includes('/messages?channel=ops&amp;before=2026-11-20T10%3A00%3A00.000Z_m+9#list'),
      linksIn(text).join('\n'),
    );
    const only = part(pageOf({ ...NOTHING, messages }), 'list');
    assert.doesNotMatch(only, />older<|>newest</);
  });

  it('says what people did, and of commands and posts what they are', () => {
    const action = { at: AT, kind: 'mute', target: 'm', text: 'filter <shop> muted' } as const;
    const actions = ['ann', 'cli', 'post'].map((by, n) => ({ ...action, id: String(n), by }));
    assert.equal(
      textIn(part(pageOf({ ...NOTHING, actions }), 'done')),
      [
        'What people did',
        '10:00 ann began a mute: filter <shop> muted',
        '10:00 a command began a mute: filter <shop> muted',
        '10:00 a post began a mute: filter <shop> muted',
      ].join(' '),
    );
  });

  it('says why it cannot be read, and what to do', () => {
    const text = pageOf({ unread: 'The ledger cannot be reached: <no route>.' });
    assert.match(textIn(text), /Messages are not known .*The ledger cannot be reached: <no route>\. .*Mend the ledger/);
    assert.match(text, /<title>\(1\) Messages/);
  });
});
