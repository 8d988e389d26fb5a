import assert from 'node:assert/strict';
import { createTimings } from '../../../../src/core/logs/timings/timings.ts';
import { compilePattern } from '../../../../src/platform/patterns.ts';
import { archived, openReading } from '../../../support/logs/read.ts';

const PATTERN = compilePattern(String.raw`f,[\d.]+ (?P<name>\w+) \([A-Z]+\) took (?P<ms>\d+) milliseconds to complete`);
const PROGRAM = compilePattern(String.raw`^(?:aws\d\.engine\.server|manager)\.debug$`);
const AT = Date.UTC(2026, 11, 5, 14, 0, 1);

/** Program and message: seven tell a duration, five do not. */
const LINES: readonly (readonly [string, string])[] = [
  [
    'aws1.engine.server.debug',
    'f,1480946399.9936 ProgressHandler (GET) took 11 milliseconds to complete and final memory 236MB',
  ],
  ['manager.debug', 'f,1480946399.9712 ProgressHandler (GET) took 67 milliseconds to complete and final memory 236MB'],
  ['aws1.engine.server.debug', 'f,1480946401.4130 AlertHandler (POST) took 46 milliseconds to complete'],
  [
    'aws1.engine.server.debug',
    'f,1480946401.4818 AccountsHandler (GET) took 66 milliseconds to complete (delta 100MB)',
  ],
  ['aws3.engine.server.debug', 'f,1480946405.3795 BillingHandler (GET) took 137 milliseconds to complete and more'],
  ['aws3.engine.server.debug', 'f,1480946405.3795 BillingHandler (GET) took 137 milliseconds to complete'],
  [
    'aws1.engine.server.debug',
    'f,1480946399.9936 ProgressHandler (GET) took 11 milliseconds to complete (delta 100MB)',
  ],
  ['aws1.engine.server.access', '"GET /services/progress HTTP/1.1" 200 28'],
  ['update.debug', 'WARNING  update: No active goals!'],
  ['update.debug', 'INFO     update: Finished updating (531 of 4729)'],
  ['update.debug', 'DEBUG    update: Command completed in 0s'],
  ['tag_manager.debug', 'f,1480946400.8282 RoutesHandler (GET) took 0 milliseconds to complete'],
];

describe('durations in logs', () => {
  it('are counted by name and window', () => {
    const timings = { patterns: [{ pattern: PATTERN, program: PROGRAM }] };
    const reading = openReading({ format: 'papertrail', timings });
    LINES.forEach(([program, message], n) =>
      reading.line(archived(n, `m ${program}`, message, n === 2 ? '2026-12-05T14:05:00' : '2026-12-05T14:00:01'), n),
    );
    const window = Date.UTC(2026, 11, 5, 14);
    assert.deepEqual(reading.takeTimings(), {
      timings: [
        { name: 'ProgressHandler', window, count: 3, p50: 11, p95: 67, max: 67 },
        { name: 'AlertHandler', window: window + 300_000, count: 1, p50: 46, p95: 46, max: 46 },
        { name: 'AccountsHandler', window, count: 1, p50: 66, p95: 66, max: 66 },
        { name: 'BillingHandler', window, count: 2, p50: 137, p95: 137, max: 137 },
      ],
      left: 0,
    });
    assert.deepEqual(reading.takeTimings(), { timings: [], left: 0 });
    assert.deepEqual(reading.take().rejects, []);
  });

  it('are told by nearest rank, on three digits, and the longest as it was written', () => {
    const timings = createTimings({ patterns: [{ pattern: compilePattern('(?P<s>[\\d.]+)s'), program: null }] });
    for (let n = 1; n <= 100; n++) timings.look(`${n * 12.3456}s`, '', () => AT);
    const [timing] = timings.take().timings;
    assert.deepEqual(timing, {
      ...{ name: 'all', window: AT - 1_000, count: 100 },
      ...{ p50: 617_000, p95: 1_170_000, max: 1_234_560 },
    });
  });

  it('of more names than are kept are counted, not kept', () => {
    const timings = createTimings({
      patterns: [{ pattern: compilePattern('(?P<name>\\w+) (?P<ms>\\d+)'), program: null }],
    });
    for (let n = 0; n < 10_005; n++) timings.look(`id${n} 5`, '', () => AT);
    const taken = timings.take();
    assert.deepEqual([taken.timings.length, taken.left], [10_000, 5]);
  });

  it('are none where the number is none', () => {
    const timings = createTimings({ patterns: [{ pattern: compilePattern('took (?P<ms>\\S+)'), program: null }] });
    timings.look('took long', '', () => AT);
    timings.look('took', '', () => AT);
    assert.deepEqual(timings.take().timings, []);
    assert.equal(createTimings({ patterns: [] }).isWanted, false);
  });
});
