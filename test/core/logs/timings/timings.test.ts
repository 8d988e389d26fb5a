import assert from 'node:assert/strict';
import { createTimings } from '../../../../src/core/logs/timings/timings.ts';
import { joinTimings, mergeTimings } from '../../../../src/core/logs/timings/merge.ts';
import type { Timing, TimingPart } from '../../../../src/core/model/events/timing.ts';
import { compilePattern } from '../../../../src/platform/patterns.ts';
import { archived, lineOf, openReading } from '../../../support/logs/read.ts';

const PATTERN = compilePattern(
  String.raw`/(?:WS|PV|UV)#\S+ *: DEBUG .*f,[\d.]+ (?P<name>\w+) \([A-Z]+\) took (?P<ms>\d+) milliseconds to complete`,
);
const AT = Date.UTC(2026, 11, 5, 14, 0, 1);

/** Program and message: seven tell a duration, five do not. */
const LINES: readonly (readonly [string, string])[] = [
  [
    'aws1.engine.server.debug',
    '6012/WS#acme-ann: DEBUG    services: f,1480946399.9936 ProgressHandler (GET) took 11 milliseconds to complete and final memory 236MB',
  ],
  [
    'manager.debug',
    '6012/WS#acme-ann: DEBUG    services: f,1480946399.9712 ProgressHandler (GET) took 67 milliseconds to complete and final memory 236MB',
  ],
  [
    'aws1.engine.server.debug',
    '6012/WS#acme-ann: DEBUG    services: f,1480946401.4130 AlertHandler (POST) took 46 milliseconds to complete',
  ],
  [
    'aws1.engine.server.debug',
    '6012/WS#acme-ann: DEBUG    services: f,1480946401.4818 AccountsHandler (GET) took 66 milliseconds to complete (delta 100MB)',
  ],
  [
    'aws3.engine.server.debug',
    '6012/WS#acme-ann: DEBUG    services: f,1480946405.3795 BillingHandler (GET) took 137 milliseconds to complete and more',
  ],
  [
    'aws3.engine.server.debug',
    '6012/WS#acme-ann: DEBUG    services: f,1480946405.3795 BillingHandler (GET) took 137 milliseconds to complete',
  ],
  [
    'aws1.engine.server.debug',
    '6012/WS#acme-ann: DEBUG    services: f,1480946399.9936 ProgressHandler (GET) took 11 milliseconds to complete (delta 100MB)',
  ],
  ['aws1.engine.server.access', '"GET /services/progress HTTP/1.1" 200 28'],
  ['update.debug', 'WARNING  update: No active goals!'],
  ['update.debug', 'INFO     update: Finished updating (531 of 4729)'],
  ['update.debug', 'DEBUG    update: Command completed in 0s'],
  [
    'tag_manager.debug',
    '24037/MainThread: DEBUG    services: f,1480946400.8282 RoutesHandler (GET) took 0 milliseconds to complete',
  ],
];

describe('durations in logs', () => {
  it('are counted by name and window', () => {
    const reading = openReading({ format: 'papertrail', timings: [PATTERN] });
    LINES.forEach(([program, message], n) =>
      reading.line(
        lineOf(archived(n, `m ${program}`, message, n === 2 ? '2026-12-05T14:05:00' : '2026-12-05T14:00:01'), n),
      ),
    );
    const window = Date.UTC(2026, 11, 5, 14);
    assert.deepEqual(reading.takeTimings(), {
      timings: [
        {
          ...{ name: 'ProgressHandler', window, count: 3, sum: 89, min: 11, max: 67 },
          seen: [
            [11, 2],
            [67, 1],
          ],
        },
        { ...{ name: 'AlertHandler', window: window + 300_000, count: 1, sum: 46, min: 46, max: 46 }, seen: [[46, 1]] },
        { name: 'AccountsHandler', window, count: 1, sum: 66, min: 66, max: 66, seen: [[66, 1]] },
        { name: 'BillingHandler', window, count: 2, sum: 274, min: 137, max: 137, seen: [[137, 2]] },
      ],
      left: 0,
    });
    assert.deepEqual(reading.takeTimings(), { timings: [], left: 0 });
    assert.deepEqual(reading.take().rejects, []);
  });

  it('are told by nearest rank, on three digits, and the longest as it was written', () => {
    const timings = createTimings([compilePattern('(?P<s>[\\d.]+)s')]);
    for (let n = 1; n <= 100; n++) timings.look(`${n * 12.3456}s`, () => AT);
    const [part] = timings.take().timings;
    const [{ p50, p95, max, count, window }] = mergeTimings([{ ...part!, project: 'web' }]) as [Timing];
    assert.deepEqual([count, p50, p95, max, window], [100, 617_000, 1_170_000, 1_234_560, AT - 1_000]);
  });

  it('of more names than are kept are counted, not kept', () => {
    const timings = createTimings([compilePattern('(?P<name>\\w+) (?P<ms>\\d+)')]);
    for (let n = 0; n < 10_005; n++) timings.look(`id${n} 5`, () => AT);
    const taken = timings.take();
    assert.deepEqual([taken.timings.length, taken.left], [10_000, 5]);
  });

  it('are none where the number is none', () => {
    const timings = createTimings([compilePattern('took (?P<ms>\\S+)')]);
    timings.look('took long', () => AT);
    timings.look('took', () => AT);
    assert.deepEqual(timings.take().timings, []);
    assert.equal(createTimings([]).isWanted, false);
  });

  it('are the same however the lines were divided, over servers and readings', () => {
    const all = Array.from({ length: 200 }, (_, n) => ({ name: `call${n % 3}`, ms: (n * 7919) % 1_500 }));
    const read = (some: typeof all) => {
      const timings = createTimings([compilePattern('(?P<name>\\w+) (?P<ms>\\d+)')]);
      for (const { name, ms } of some) timings.look(`${name} ${ms}`, () => AT);
      return timings.take().timings;
    };
    const of = (parts: readonly TimingPart[]) => mergeTimings(parts.map((part) => ({ ...part, project: 'web' })));
    const pieces = [0, 1, 2, 3].map((piece) => read(all.filter((_, n) => n % 4 === piece)));
    assert.deepEqual(of(pieces.flat()), of(read(all)));
    assert.deepEqual(of(joinTimings(pieces.flat())), of(read(all)));
    const mine = all.flatMap(({ name, ms }) => (name === 'call1' ? [ms] : [])).sort((a, b) => a - b);
    const [, one] = of(read(all));
    assert.deepEqual(
      [one!.name, one!.count, one!.p50, one!.p95, one!.sum],
      [
        'call1',
        67,
        Number(mine[33]!.toPrecision(3)),
        Number(mine[63]!.toPrecision(3)),
        mine.reduce((a, b) => a + b, 0),
      ],
    );
  });
});

describe('durations in files, by their format', () => {
  const TOOK = compilePattern('(?P<name>\\w+) took (?P<ms>\\d+) ms');
  const WINDOW_AT = Date.UTC(2026, 10, 20, 10);

  for (const [format, ...lines] of [
    ['django', 'INFO 2026-11-20 10:00:01,000 Cart took 20 ms', 'Cart took 30 ms'],
    [
      'python',
      '2026-11-20 10:00:01,000 INFO shop: Cart took 20 ms',
      '2026-11-20 10:04:59,999 DEBUG shop: Cart took 30 ms',
    ],
    ['gunicorn', '[2026-11-20 10:00:01 +0000] [7] [INFO] Cart took 20 ms', 'Cart took 30 ms'],
    ['celery', '[2026-11-20 10:00:01,000: INFO/MainProcess] Cart took 20 ms', 'Cart took 30 ms'],
    [
      'json',
      '{"level":"info","time":"2026-11-20T10:00:01Z","msg":"Cart took 20 ms"}',
      '{"level":"info","time":"2026-11-20T10:00:02Z","msg":"done","also":"Cart took 30 ms"}',
    ],
  ] as const)
    it(`are found in ${format}`, () => {
      const reading = openReading({ format, timings: [TOOK] });
      lines.forEach((line, n) => reading.line(lineOf(line, n)));
      reading.end();
      const { timings } = reading.takeTimings();
      assert.deepEqual(
        timings.map(({ name, window, count, sum, seen }) => [name, window, count, sum, seen]),
        [
          [
            'Cart',
            WINDOW_AT,
            2,
            50,
            [
              [20, 1],
              [30, 1],
            ],
          ],
        ],
      );
    });
});
