import assert from 'node:assert/strict';
import { bodyOf } from '../../../../src/integrations/intakes/sqs/body.ts';
import { readEvent } from '../../../../src/integrations/intakes/sqs/event.ts';
import { exceptionOf, sentryEvent, without } from '../../../support/intakes/sentry-event.ts';

const SENT = Date.UTC(2026, 10, 20, 10, 2);

/** As it comes out of a queue. */
function read(given: Readonly<Record<string, unknown>> | string) {
  const body = bodyOf(typeof given === 'string' ? given : JSON.stringify(given), undefined);
  if (body.kind === 'reject') return { reason: body.reason };
  assert.ok(body.kind === 'event');
  return readEvent(body.fields, SENT);
}

function eventIn(given: Readonly<Record<string, unknown>> | string) {
  const found = read(given);
  assert.ok('event' in found, JSON.stringify(found));
  return found.event;
}

describe("Sentry's event out of a queue", () => {
  for (const [what, given, reason] of [
    ['without its id', without('eventID'), /without eventID/],
    ['without its issue', without('groupID'), /without groupID/],
    ['whose issue is null', sentryEvent({ groupID: null }), /without groupID/],
    ['without a message', without('message'), /without message/],
    ['that is no JSON', '{not json', /no JSON/],
    ['that is a list', '[1]', /no object/],
    ['that is a text', '"text"', /no object/],
    ['that is null', 'null', /no object/],
    ['that is empty', '', /no JSON/],
  ] as const)
    it(`is a reject: one ${what}`, () => {
      const found = read(given);
      assert.ok('reason' in found);
      assert.match(found.reason, reason);
    });

  for (const [what, given, at] of [
    ['when it was made', sentryEvent(), Date.UTC(2026, 10, 20, 10, 1)],
    ['without when it came in', without('dateReceived'), Date.UTC(2026, 10, 20, 10, 1)],
    ['with null for when it came in', sentryEvent({ dateReceived: null }), Date.UTC(2026, 10, 20, 10, 1)],
    ['without when it was made', without('dateCreated'), Date.UTC(2026, 10, 20, 10, 1, 1, 123)],
    [
      'without fractions of a second',
      sentryEvent({ dateCreated: null, dateReceived: '2026-11-20T10:01:07Z' }),
      Date.UTC(2026, 10, 20, 10, 1, 7),
    ],
    ['without a zone', sentryEvent({ dateCreated: '2026-11-20T10:01:09.5' }), Date.UTC(2026, 10, 20, 10, 1, 9, 500)],
    ['with neither', sentryEvent({ dateCreated: 'soon', dateReceived: 17 }), SENT],
    [
      'of a clock an hour ahead',
      sentryEvent({ dateCreated: '2026-11-20T11:01:00Z' }),
      Date.UTC(2026, 10, 20, 10, 1, 1, 123),
    ],
    [
      'of a clock a year behind',
      sentryEvent({ dateCreated: '2025-11-20T10:01:00Z' }),
      Date.UTC(2026, 10, 20, 10, 1, 1, 123),
    ],
  ] as const)
    it(`counts for its time: ${what}`, () => assert.equal(eventIn(given).at, at));

  it('has the same issue, written as number or as text, with every digit', () => {
    const ids = [
      eventIn(sentryEvent()).issueId,
      eventIn(sentryEvent({ groupID: '4711' })).issueId,
      eventIn('{"eventID":"a","groupID":6507376925123456789,"message":"m"}').issueId,
      eventIn('{"id":700594297938165774,"groupID":1,"message":"m"}').id,
    ];
    assert.deepEqual(ids, ['4711', '4711', '6507376925123456789', '700594297938165774']);
  });

  for (const [what, entries, culprit, frames] of [
    ['an exception', [exceptionOf()], 'shop.cart in total', 2],
    ['no exception', [{ type: 'message', data: { message: 'hello' } }], null, 0],
    [
      'no list of exceptions',
      [{ type: 'exception', data: { module: 'shop.cart', stacktrace: { frames: [] } } }],
      'shop.cart',
      0,
    ],
    ['an empty list of exceptions', [{ type: 'exception', data: { values: [] } }], null, 0],
    ['an exception without a module', [exceptionOf(null)], 'shop.cart in total', 2],
    ['no entries', undefined, null, 0],
    ['entries of any kind', [null, 7, { type: 'exception', data: null }], null, 0],
  ] as const)
    it(`is taken with ${what}`, () => {
      const event = eventIn(sentryEvent({ entries }));
      assert.deepEqual([event.culprit, event.sample?.frames.length], [culprit, frames]);
    });

  for (const [what, module, culprit, wanted] of [
    ['as it is told', 'shop.errors', 'shop.cart in total', 'shop.cart in total'],
    ['in the words of Sentry', 'app://cart.js', 'total(app://cart.js)', 'total(app://cart.js)'],
    [
      'by the script that raised it',
      'moz-extension://1f/bg.js',
      'main(app://run.js)',
      'moz-extension://1f/bg.js in total',
    ],
  ] as const)
    it(`names its place ${what}`, () => {
      assert.equal(eventIn(sentryEvent({ culprit, entries: [exceptionOf(module)] })).culprit, wanted);
    });

  it('tells of the exception that was raised last, the newest call last', () => {
    const [first, last] = [exceptionOf('shop.db'), exceptionOf('shop.page')] as never as {
      data: { values: object[] };
    }[];
    const entries = [{ type: 'exception', data: { values: [...first!.data.values, ...last!.data.values] } }];
    const { culprit, sample } = eventIn(sentryEvent({ entries }));
    assert.equal(culprit, 'shop.page in total');
    assert.deepEqual(sample!.frames.at(-1), { module: 'shop.cart', function: 'total', line: 17, column: 56 });
  });

  it('has level, environment and release from its tags, and keeps the others', () => {
    const tags = [
      { key: 'level', value: 'error' },
      { key: 'environment', value: 'production' },
      ['sentry:release', 'shop@1.4.2'],
      { key: 'browser', value: 'Firefox 140' },
      { key: 'sentry:user', value: 'id:7' },
      { key: '__proto__', value: 'x' },
      { key: null, value: 'x' },
      'odd',
    ];
    const { level, environment, release, tags: rest } = eventIn(sentryEvent({ tags }));
    assert.deepEqual([level, environment, release], ['error', 'production', 'shop@1.4.2']);
    assert.deepEqual(Object.entries(rest), [
      ['browser', 'Firefox 140'],
      ['__proto__', 'x'],
    ]);
  });

  it('knows a user by id, else by name, by mail, by address', () => {
    const all = { id: 42, username: 'ann', email: 'ann@example.com', ip_address: '192.0.2.1' };
    const users = ['', 'id', 'username', 'email', 'ip_address'].map(
      (_, from) => eventIn(sentryEvent({ user: Object.fromEntries(Object.entries(all).slice(from)) })).user,
    );
    assert.deepEqual(users, ['id:42', 'username:ann', 'email:ann@example.com', 'ip:192.0.2.1', null]);
  });

  it('is shown by its title, found by its texts, and links to its page', () => {
    const given = { title: 'CartError: cart is …', metadata: { type: 'CartError', value: 'cart is empty', n: 1 } };
    const { title, text, url } = eventIn(
      sentryEvent({ ...given, permalink: 'https://sentry.example.com/issues/4711/' }),
    );
    assert.deepEqual([title, text], ['CartError: cart is …', 'CartError: cart is empty CartError cart is empty']);
    assert.equal(url, 'https://sentry.example.com/issues/4711/');
    assert.equal(eventIn(sentryEvent({ permalink: 'javascript:alert(1)' })).url, null);
  });
});
