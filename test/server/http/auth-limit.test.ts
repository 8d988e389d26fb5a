import assert from 'node:assert/strict';
import { type AuthLimit, createAuthLimit, MAX_FAILURES } from '../../../src/server/http/auth-limit.ts';
import { createLogBook, type LogBook } from '../../support/build/scope.ts';
import { type Clock, createClock } from '../../support/time/clock.ts';

const FIRST = 'post without a valid token';
const COUNT = 'posts without a valid token within a minute';

describe('posts without a valid token', () => {
  let clock: Clock;
  let log: LogBook;
  let failures: AuthLimit;

  beforeEach(() => {
    clock = createClock();
    log = createLogBook();
    failures = createAuthLimit(clock.now, log);
  });

  /** `address`: null when the client is gone. */
  function fail(authorization?: string, address: string | null = '192.0.2.1'): number | null {
    return failures.note({ headers: { authorization }, socket: { remoteAddress: address ?? undefined } } as never);
  }

  it('30 a minute get a 401, those after them learn how long to wait', () => {
    assert.equal(MAX_FAILURES, 30);
    for (let n = 1; n <= 30; n++) assert.equal(fail(), null, `${n}`);
    assert.equal(fail(), 60);
    clock.advance(59_001);
    assert.equal(fail(), 1);
    clock.advance(998);
    assert.equal(fail(), 1);
    clock.advance(1);
    assert.equal(fail(), null);
  });

  it('the minute begins with the first of them, and each minute anew', () => {
    for (const round of [1, 2, 3]) {
      clock.advance(45_000 + 60_000);
      for (let n = 1; n <= 30; n++) assert.equal(fail(), null, `${round}: ${n}`);
      assert.equal(fail(), 60);
    }
  });

  it('a clock that is set back begins another minute', () => {
    for (let n = 1; n <= 31; n++) fail();
    clock.advance(-1);
    assert.equal(fail(), null);
  });

  it('one line tells of the first, one of how many, whatever comes after the minute', () => {
    fail('Bearer secret-0123456789');
    for (let n = 1; n <= 4000; n++) fail(n % 4 === 0 ? 'Bearer secret-0123456789' : undefined, `192.0.2.${n % 200}`);
    assert.deepEqual(log.lines, [{ level: 'warn', fields: { token: 'wrong', address: '192.0.2.1' }, text: FIRST }]);
    clock.advance(59_999);
    failures.settle();
    assert.equal(log.lines.length, 1);
    clock.advance(1);
    failures.settle();
    failures.settle();
    assert.deepEqual(log.lines.slice(1), [
      {
        level: 'warn',
        fields: {
          missing: 3000,
          wrong: 1001,
          addresses: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5'],
        },
        text: COUNT,
      },
    ]);
    assert.ok(!JSON.stringify(log.lines).includes('secret'));
  });

  it('the next failure settles the minute before it', () => {
    fail();
    fail();
    clock.advance(60_000);
    fail('Basic x', null);
    assert.deepEqual(
      log.lines.map(({ fields, text }) => [text, fields]),
      [
        [FIRST, { token: 'missing', address: '192.0.2.1' }],
        [COUNT, { missing: 2, wrong: 0, addresses: ['192.0.2.1'] }],
        [FIRST, { token: 'wrong', address: 'unknown' }],
      ],
    );
  });

  it('a single one has said all with its line', () => {
    fail();
    clock.advance(60_000);
    failures.settle();
    failures.end();
    assert.deepEqual(log.texts(), [FIRST]);
  });

  it('a page in a browser is told apart: it may need no token and is refused all the same', () => {
    failures.note({ headers: { origin: 'https://evil.example' }, socket: { remoteAddress: '127.0.0.1' } } as never);
    assert.deepEqual(
      log.lines.map(({ fields }) => fields),
      [{ token: 'missing', address: '127.0.0.1', browser: true }],
    );
  });

  it('the end tells of the minute so far', () => {
    failures.end();
    fail();
    fail();
    failures.end();
    failures.end();
    assert.deepEqual(log.texts(), [FIRST, COUNT]);
  });
});
