import assert from 'node:assert/strict';
import { createMeter } from '../../../src/core/run/meter.ts';
import { openScope } from '../../../src/core/run/scope.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { createClock } from '../../support/time/clock.ts';

const SENTRY = { service: 'sentry', status: 503, why: 'sentry: answered 503' };

describe('what a run tries again', () => {
  it('is told when the run is over, in one line for each service and status', () => {
    const log = createLogBook();
    const clock = createClock();
    const scope = openScope('run-1', { ...clock, log, deadlineMs: 1000, shutdown: new AbortController().signal });
    for (const [waitMs, isFirst] of [
      [1000, true],
      [2000, false],
      [1100, true],
    ] as const)
      scope.meter.repeated({ ...SENTRY, waitMs, isFirst });
    scope.meter.repeated({ service: 'anodot', why: 'anodot: cannot connect', waitMs: 900, isFirst: true });
    scope.meter.repeated({ ...SENTRY, status: 429, why: 'sentry: answered 429', waitMs: 5000, isFirst: false });
    assert.deepEqual(log.lines, []);
    scope.close();
    assert.deepEqual(
      log.lines.map(({ level, text, fields }) => [level, text, fields]),
      [
        ['warn', 'tried again', { run: 'run-1', ...SENTRY, times: 3, requests: 2, longestWaitMs: 2000 }],
        [
          'warn',
          'tried again',
          {
            run: 'run-1',
            service: 'anodot',
            status: undefined,
            why: 'anodot: cannot connect',
            times: 1,
            requests: 1,
            longestWaitMs: 900,
          },
        ],
        [
          'warn',
          'tried again',
          {
            run: 'run-1',
            ...SENTRY,
            status: 429,
            why: 'sentry: answered 429',
            times: 1,
            requests: 0,
            longestWaitMs: 5000,
          },
        ],
      ],
    );
  });

  it('is nothing when nothing was', () => assert.deepEqual(createMeter().repeats(), []));
});
