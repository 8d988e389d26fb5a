import assert from 'node:assert/strict';
import { conditions } from '../../../../support/generate/newrelic-conditions.ts';
import { type Arrived, opened } from '../../../../support/generate/newrelic-judge.ts';
import type { Block } from '../../../../support/generate/terraform.ts';

/** An instant after ten o'clock, by minutes and seconds. */
function at(minutes: number, seconds = 0): number {
  return Date.UTC(2026, 10, 20, 10, minutes, seconds);
}

/** A run of a server, stamped when it ends. */
function run(end: number, failed: number, server = 'host-1'): Arrived {
  const record = {
    eventType: 'SentryMonitorRun',
    outcome: failed === 0 ? 'ok' : 'failed',
    failed,
    incomplete: 0,
    faults: 0,
    server,
  };
  return { timestamp: end, at: end + 1000, record };
}

/** The count of a window, named by its start. */
function count(start: number, arrives: number, value: number): Arrived {
  const record = { eventType: 'SentryMonitoring', type: 'filter_count', filter: 'shop-all', value };
  return { timestamp: start, at: arrives, record };
}

describe('the alerts for New Relic, judged as its documents say', () => {
  let found: ReadonlyMap<string, Block>;

  before(async () => {
    found = new Map(await conditions());
  });

  const opens = (name: string, ...arrived: readonly Arrived[]): readonly string[] => opened(found.get(name)!, arrived);

  it('open nothing while runs end well, a minute early or late', () => {
    const runs = [2, 7, 11, 18, 21, 27].map((minute) => run(at(minute, 5), 0));
    assert.deepEqual(opens('runs_failed', ...runs), []);
  });

  it('see the second server’s failed run, which ends two and a half minutes after the first one’s', () => {
    assert.deepEqual(opens('runs_failed', run(at(2, 0), 0), run(at(4, 30), 3, 'host-2'), run(at(7), 0)), ['warning']);
  });

  it('see a count that the second server could give and the first one could not', () => {
    const first = {
      ...count(at(0), at(7, 2), 0),
      record: { eventType: 'SentryMonitoring', type: 'filter_count', filter: 'shop-all' },
    };
    assert.deepEqual(opens('above_shop-all', first, count(at(0), at(9, 30), 101)), ['critical']);
    assert.deepEqual(opens('above_shop-all', count(at(0), at(7), 100), count(at(5), at(12), 100)), []);
  });

  it('are critical after three failed runs, also when one took so long that it ended in the next five minutes', () => {
    const three = [run(at(3), 1), run(at(10, 1), 1), run(at(13), 1)];
    assert.deepEqual(opens('runs_failed', ...three), ['critical', 'warning']);
    assert.deepEqual(opens('runs_failed', run(at(3), 1), run(at(10, 1), 0), run(at(13), 0)), ['warning']);
    assert.deepEqual(opens('runs_failed', run(at(3), 1), run(at(8), 1), run(at(13), 0)), ['warning']);
  });
});
