import assert from 'node:assert/strict';
import type { Order } from '../../../src/core/ports/order.ts';
import { BadRequest, NotHere, type ParamsContext, readRunParams } from '../../../src/server/api/run-params.ts';
import { filterOf } from '../../support/build/reports.ts';
import { NOW } from '../../support/time/clock.ts';

const [A, B, C] = [filterOf({ name: 'a' }), filterOf({ name: 'b' }), filterOf({ name: 'c' })];
const CONTEXT: ParamsContext = { filters: [A, B, C], sinks: ['newrelic', 'anodot'], dryRun: false, settleMs: 120_000 };

function read(query: string, context: Partial<ParamsContext> = {}, now: number = NOW): Order {
  return readRunParams(new URLSearchParams(query), { ...CONTEXT, ...context }, now);
}

function windowOf(query: string, context: Partial<ParamsContext> = {}, now: number = NOW): string {
  const { start, end } = read(query, context, now).window;
  return `${new Date(start).toISOString().slice(0, 16)} ${new Date(end).toISOString().slice(11, 16)}`;
}

describe('a post', () => {
  it('without parameters is all filters, all sinks, the last settled window, and plain', () => {
    const { window, ...rest } = read('');
    assert.deepEqual(
      [window, rest],
      [
        { start: 1_795_168_800_000, end: 1_795_169_100_000 },
        { filters: [A, B, C], sinks: undefined, kind: 'plain', windowGiven: false, isLate: false },
      ],
    );
  });

  it('with filters and sinks has these, in the order of the settings, each once', () => {
    const trigger = read('filter=c&filter=a&filter=c&sink=anodot&sink=newrelic&sink=anodot');
    assert.deepEqual(
      [trigger.filters.map(({ name }) => name), trigger.sinks],
      [
        ['a', 'c'],
        ['newrelic', 'anodot'],
      ],
    );
  });

  for (const [query, context, debug] of [
    ['debug=true', {}, true],
    ['debug=false', {}, false],
    ['', {}, false],
    ['', { dryRun: true }, true],
    ['debug=false', { dryRun: true }, true],
  ] as const)
    it(`with ${query || 'nothing'}${'dryRun' in context ? ' and DRY_RUN' : ''} is ${debug ? '' : 'no '}debug run`, () =>
      assert.equal(read(query, context).kind === 'debug', debug));

  for (const [query, plain, windowGiven] of [
    ['', true, false],
    ['at=1795169250', true, true],
    ['debug=false', true, false],
    ['debug=true', false, false],
    ['filter=a', false, false],
    ['sink=anodot', false, false],
    ['end=2026-11-20T10:05:00Z', false, true],
  ] as const) {
    it(`with ${query || 'nothing'} is ${plain ? 'plain' : 'not plain'}, its window ${windowGiven ? '' : 'not '}given`, () => {
      const trigger = read(query);
      assert.deepEqual([trigger.kind === 'plain', trigger.windowGiven], [plain, windowGiven]);
    });
  }

  for (const [query, isLate] of [
    ['', false],
    ['at=1795169250', false],
    ['end=2026-11-20T10:05:00Z', false],
    ['end=2026-11-20T10:00:00Z', true],
    [`at=${1795169250 - 300}`, true],
    ['end=2026-11-20T10:10:00Z&debug=true', false],
  ] as const)
    it(`with ${query || 'nothing'} is ${isLate ? '' : 'not '}late: its window is ${isLate ? 'not ' : ''}the last settled one`, () =>
      assert.equal(read(query).isLate, isLate));

  it('under DRY_RUN is never plain', () => assert.equal(read('', { dryRun: true }).kind, 'debug'));

  for (const [query, context, window] of [
    ['', {}, '2026-11-20T10:00 10:05'],
    ['', { settleMs: 0 }, '2026-11-20T10:00 10:05'],
    ['', { settleMs: 151_000 }, '2026-11-20T09:55 10:00'],
    ['at=1795169220', {}, '2026-11-20T10:00 10:05'],
    ['at=1795169219', {}, '2026-11-20T09:55 10:00'],
    ['at=2026-11-20T10:06:59.999Z', {}, '2026-11-20T09:55 10:00'],
    ['at=2026-11-20T12:07:00%2B02:00', {}, '2026-11-20T10:00 10:05'],
    ['at=2016-11-23T10:07:00Z', {}, '2016-11-23T10:00 10:05'],
    ['at=2026-11-20T10:08:30Z', {}, '2026-11-20T10:00 10:05'],
    ['end=2026-11-20T10:05:00Z', {}, '2026-11-20T10:00 10:05'],
    ['end=2026-11-20T09:00:00.000Z', {}, '2026-11-20T08:55 09:00'],
    ['end=2026-11-20T10:10:00Z&debug=true', {}, '2026-11-20T10:05 10:10'],
    ['end=2026-11-20T10:10:00Z', { dryRun: true }, '2026-11-20T10:05 10:10'],
  ] as const)
    it(`with ${query || 'nothing'} and a settle of ${'settleMs' in context ? context.settleMs : 120_000} ms reads ${window}`, () =>
      assert.equal(windowOf(query, context), window));

  it('of one instant names one window, however late it comes', () => {
    for (const now of [NOW, NOW + 200_000, NOW + 86_400_000])
      assert.equal(windowOf('at=1795169250', {}, now), '2026-11-20T10:00 10:05');
  });
});

describe('a post that cannot be understood', () => {
  const table: readonly (readonly [string, string, Partial<ParamsContext>?])[] = [
    ['x=1', 'unknown parameter "x"; there are at, start, end, filter, sink, debug'],
    ['token=abc', 'unknown parameter "token"; there are at, start, end, filter, sink, debug'],
    ['Debug=true', 'unknown parameter "Debug"; there are at, start, end, filter, sink, debug'],
    ['debug=maybe', 'debug="maybe" is no boolean; write true or false'],
    ['debug=', 'debug="" is no boolean; write true or false'],
    ['debug=TRUE', 'debug="TRUE" is no boolean; write true or false'],
    ['debug=1', 'debug="1" is no boolean; write true or false'],
    ['debug=true&debug=true', 'debug is given twice; give it once'],
    ['at=1&at=1', 'at is given twice; give it once'],
    ['at=1&end=2026-11-20T10:05:00Z', 'at and end both name the window; give one of them'],
    ['filter=nope', 'unknown filter "nope"; there are a, b, c'],
    ['filter=a&filter=', 'unknown filter ""; there are a, b, c'],
    ['filter=A', 'unknown filter "A"; there are a, b, c'],
    ['sink=debug', 'unknown sink "debug"; there are newrelic, anodot'],
    ['sink=anodot', 'unknown sink "anodot"; there is none', { sinks: [] }],
    [
      'at=now',
      'at="now" is no instant; write Unix seconds, or ISO with zone such as 2026-11-20T10:07:30.000Z (a + as %2B)',
    ],
    [
      'at=2026-11-20T10:07:00',
      'at="2026-11-20T10:07:00" is no instant; write Unix seconds, or ISO with zone such as 2026-11-20T10:07:30.000Z (a + as %2B)',
    ],
    [
      'at=2026-11-20T10:07:00+02:00',
      'at="2026-11-20T10:07:00 02:00" is no instant; write Unix seconds, or ISO with zone such as 2026-11-20T10:07:30.000Z (a + as %2B)',
    ],
    [
      'at=-5',
      'at="-5" is no instant; write Unix seconds, or ISO with zone such as 2026-11-20T10:07:30.000Z (a + as %2B)',
    ],
    [
      'at=2026-11-21T10:07:31Z',
      'at="2026-11-21T10:07:31Z" is more than a day ahead of this server\'s clock; write the present instant',
    ],
    [
      'at=1795911',
      'at="1795911" is 1970-01-21T18:51:51.000Z, before the year 2000; ' +
        'write Unix seconds such as 1795169250 (all digits), or ISO with zone such as 2026-11-20T10:07:30.000Z',
    ],
    [
      'at=0',
      'at="0" is 1970-01-01T00:00:00.000Z, before the year 2000; ' +
        'write Unix seconds such as 1795169250 (all digits), or ISO with zone such as 2026-11-20T10:07:30.000Z',
    ],
    [
      'at=179516925',
      'at="179516925" is 1975-09-09T17:48:45.000Z, before the year 2000; ' +
        'write Unix seconds such as 1795169250 (all digits), or ISO with zone such as 2026-11-20T10:07:30.000Z',
    ],
    [
      'at=0026-11-20T10:07:00Z',
      'at="0026-11-20T10:07:00Z" is 0026-11-20T10:07:00.000Z, before the year 2000; ' +
        'write Unix seconds such as 1795169250 (all digits), or ISO with zone such as 2026-11-20T10:07:30.000Z',
    ],
    [
      'at=1479636449',
      'at="1479636449" is 2016-11-20T10:07:29.000Z, ten years ago or more; ' +
        'write Unix seconds such as 1795169250 (all digits), or ISO with zone such as 2026-11-20T10:07:30.000Z',
    ],
    [
      'at=1795169250000',
      'at="1795169250000" is no instant (milliseconds? then leave out the last three digits); write Unix seconds, or ISO with zone such as 2026-11-20T10:07:30.000Z (a + as %2B)',
    ],
    ['at=17951692500', 'at="17951692500" is more than a day ahead of this server\'s clock; write the present instant'],
    [
      'end=1970-01-21T18:50:00Z',
      'end="1970-01-21T18:50:00Z" is before the year 2000; write the end of a window such as 2026-11-20T10:05:00.000Z',
    ],
    [
      'end=2026-02-30T10:00:00Z',
      'end="2026-02-30T10:00:00Z" is no instant; write ISO with zone such as 2026-11-20T10:05:00.000Z (a + as %2B)',
    ],
    ['end=x', 'end="x" is no instant; write ISO with zone such as 2026-11-20T10:05:00.000Z (a + as %2B)'],
    [
      'end=1795169100',
      'end="1795169100" is no instant; write ISO with zone such as 2026-11-20T10:05:00.000Z (a + as %2B)',
    ],
    [
      'end=2026-11-20T10:03:00Z',
      'end="2026-11-20T10:03:00Z" is not on the grid of 5 minutes; the window before it ends at 2026-11-20T10:00:00.000Z',
    ],
    [
      'end=2026-11-20T10:10:00Z',
      'end="2026-11-20T10:10:00Z" is not settled before 2026-11-20T10:12:00.000Z; wait, or look at it with debug=true',
    ],
    [
      'end=2026-11-20T10:10:00Z&debug=false',
      'end="2026-11-20T10:10:00Z" is not settled before 2026-11-20T10:12:00.000Z; wait, or look at it with debug=true',
    ],
    [`filter=${'x'.repeat(99)}`, `unknown filter "${'x'.repeat(60)}…"; there are a, b, c`],
    ['filter=a%0Ab', 'unknown filter "a\\nb"; there are a, b, c'],
  ];
  for (const [query, message, context] of table) {
    it(`${query}: ${message}`, () =>
      assert.throws(
        () => read(query, context),
        (error: Error) => error instanceof BadRequest && (assert.equal(error.message, message), true),
      ));
  }

  it('that is ahead of this clock by more than a minute is for another server, not a bad one', () => {
    assert.throws(
      () => read('at=1795169311', {}),
      (error: Error) =>
        error instanceof NotHere && error.message.startsWith('this server\'s clock is 61 s behind at="1795169311"; '),
    );
    assert.throws(() => read('at=2026-11-21T10:07:30Z', {}), NotHere);
  });

  it('names the very second in which a window is settled', () => {
    assert.throws(() => read('end=2026-11-20T10:10:00Z', {}, Date.UTC(2026, 10, 20, 10, 11, 59, 999)), BadRequest);
    assert.equal(windowOf('end=2026-11-20T10:10:00Z', {}, Date.UTC(2026, 10, 20, 10, 12)), '2026-11-20T10:05 10:10');
  });
});
