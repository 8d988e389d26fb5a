import assert from 'node:assert/strict';
import { compilePattern } from '../../../../src/platform/patterns.ts';
import { archived, readLog, titlesOf } from '../../../support/logs/read.ts';
import { HEADER, TRACEBACKS } from '../../../support/logs/tracebacks.ts';

const ALL = Object.values(TRACEBACKS);
const LOG = ALL.flatMap((lines) => [HEADER, ...lines]).join('\n');
const CART = 'shop.errors.CartKeyError: gone';

describe('which records are events', () => {
  it('those whose exception has one of the names, or ends with it, anywhere in chain or group', () => {
    const read = readLog(LOG.replace('acme.errors.CartError: no cart', CART), { rules: { exceptions: ['KeyError'] } });
    assert.deepEqual(titlesOf(read), [
      "KeyError: 'cart-17'",
      `${CART}, caused by ValueError`,
      'ExceptionGroup: carts (2 sub-exceptions)',
    ]);
    assert.deepEqual(read.skipped, { level: 0, exceptions: 7, deny: 0 });
  });

  it('those without a denied word, wherever it stands', () => {
    const read = readLog(LOG, { rules: { deny: ['deep.py', 'a note'] } });
    assert.equal(read.events.length, 7);
    assert.deepEqual(read.skipped, { level: 0, exceptions: 0, deny: 3 });
  });

  it('have the text that was written, and search terms see its beginning and its end', () => {
    const long = `${HEADER} begins\n${'x'.repeat(9_000)}\nends here`;
    const [event] = readLog(long).events;
    assert.match(event!.text!, /^Internal Server Error[^]*ends here$/);
    assert.ok(event!.text!.length <= 8_192);
    assert.ok(event!.sample!.text!.length > 9_000);
  });

  it('have the pieces by which they are grouped', () => {
    const [event] = readLog(`${HEADER} order 17 failed`).events;
    assert.deepEqual(event!.grouping, {
      by: 'text',
      parts: ['log', 'Internal Server Error: /boom/ order <n> failed'],
      kept: [],
    });
  });

  it('of the same lines are of the issue that the rules make of them, again and again', () => {
    const rows = ALL[0]!.map((line, n) => archived(n, 'm web', line)).join('\n');
    const merge = [compilePattern('cart-\\d+')];
    const twice = { format: 'papertrail', rules: { grouping: { merge, keep: [] } } } as const;
    for (const how of [{ format: 'papertrail' }, twice, { format: 'papertrail' }, twice] as const) {
      const { events } = readLog([rows, rows].join('\n'), how);
      assert.deepEqual(
        events.map(({ title, culprit, grouping }) => [title, culprit, grouping!.by]),
        Array.from({ length: 2 }, () => [
          "KeyError: 'cart-17'",
          'shop/cart.py in total',
          how === twice ? 'merge' : 'frames',
        ]),
      );
      assert.equal(new Set(events.map(({ issueId }) => issueId)).size, 1);
    }
  });

  it('of a vendor lead to their line there, whatever stands in its names', () => {
    const page = 'https://logs.example.com/{program}/events?centered_on_id={id}&q={none}';
    const crash = ['Traceback (most recent call last):', '  File "/srv/a.py", line 1, in f', 'KeyError: 1'];
    const lines = crash.map((text, n) => archived(`70059429793816577${n}`, 'i-1 web/1&', text));
    const [event] = readLog(lines.join('\n'), { format: 'papertrail', rules: { page } }).events;
    assert.equal(
      event!.sample!.link,
      'https://logs.example.com/web%2F1%26/events?centered_on_id=700594297938165772&q=',
    );
    assert.equal(readLog(`${HEADER} failed`).events[0]!.sample!.link, undefined);
  });
});

describe('secrets in logs', () => {
  const secrets: readonly (readonly [string, string])[] = [
    ['Authorization: Bearer abc.def-123', 'abc.def-123'],
    ["{'password': 'hunter22'}", 'hunter22'],
    ['password=hunter22&x=1', 'hunter22'],
    ['Cookie: sessionid=abc; csrftoken=def', 'abc; csrftoken=def'],
    ['api_key = "k-12345"', 'k-12345'],
    ['postgres://shop:hunter22@db.example.com/shop', 'hunter22'],
    ['card 4111 1111 1111 1111 was refused', '4111 1111 1111 1111'],
    ['AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    [`-----BEGIN RSA PRIVATE KEY-----\n${'MIIE'.repeat(16)}\n-----END RSA PRIVATE KEY-----`, 'MIIEMIIE'],
    ['staff number 12-345', '12-345'],
  ];
  const scrub = [compilePattern(String.raw`\d\d-\d\d\d`)];

  for (const [text, secret] of secrets)
    it(`are kept out of events: ${text.slice(0, 30)}`, () => {
      const log = [text, ...TRACEBACKS['carets']!, `KeyError: ${text}`]
        .flatMap((line) => line.split('\n'))
        .map((line, n) => archived(n, 'm web', line));
      const read = readLog([...log, `a line that is ${text}`].join('\n'), { format: 'papertrail', rules: { scrub } });
      assert.equal(read.events.length, 1);
      assert.ok(read.rejects.length >= 1);
      const all = JSON.stringify(read);
      assert.ok(!all.includes(secret), all);
      assert.ok(all.includes('[removed]'));
      const [django] = readLog(`ERROR 2026-11-29 00:00:00 acme ${text}`, { rules: { scrub } }).events;
      assert.ok(!JSON.stringify(django).includes(secret));
    });

  it('are not seen where there are none', () => {
    const plain = 'KeyError: token_name, key 1234567890123456 of basic cart';
    const [event] = readLog(`ERROR 2026-11-29 00:00:00 acme ${plain}`).events;
    assert.equal(event!.sample!.text, `acme ${plain}`);
  });
});
