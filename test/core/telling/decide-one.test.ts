import assert from 'node:assert/strict';
import type { Leases } from '../../../src/core/delivery/leases.ts';
import { decideCourier } from '../../../src/core/telling/decide-courier.ts';
import { debugDecider } from '../../../src/core/telling/debug-messenger.ts';
import { openDecidedBook } from '../../../src/core/telling/decided-book.ts';
import { factItems } from '../../../src/core/telling/fact-items.ts';
import { rulesSink } from '../../../src/core/telling/rules-sink.ts';
import { factsIn } from '../../support/alerting/stage.ts';
import { START } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { A, nothingCame } from '../../support/telling/deciding.ts';
import { createClock } from '../../support/time/clock.ts';

const HOUR_MS = 3_600_000;
const WINDOW = { start: START, end: START + 300_000 };
const ITEMS = factItems(factsIn('a', START));

/** One report that is decided after so many hours, under a claim that is ours or not. */
async function decideOne({ hours = 0, items = ITEMS, isOurs = true, settled = true as boolean | 'unledgered' }) {
  const leases = { check: async () => [isOurs], settle: async () => settled } as unknown as Leases;
  const clock = createClock(undefined, START + hours * HOUR_MS);
  const deps = {
    ...{ ...clock, decide: async (all: Parameters<typeof nothingCame>[0][]) => all.map(nothingCame) },
    ...{ filterOf: (name: string) => (name === 'a' ? A : undefined), decided: () => undefined },
  };
  const courier = decideCourier(rulesSink(48 * HOUR_MS), leases, scopeOf(), deps as never);
  const hold = { key: { reportId: 'a@x', revision: 0, sink: 'alerts' }, token: 't' };
  const receipt = await courier.deliver({ hold, window: WINDOW, items, delivered: new Map() });
  return { status: receipt.status, error: (receipt as { error?: string }).error, whole: receipt };
}

describe('a report whose rules are decided', () => {
  it('is too old beyond what is known, and of no use as another version kept it, or under a claim that is lost', async () => {
    for (const [given, error] of [
      [{ hours: 49 }, 'rules: the window is older than 48 h, which is all that is known'],
      [{ items: [] }, 'rules: what was kept for them is not known to this version'],
      [{ isOurs: false }, 'rules: this server may no longer hold the report'],
    ] as const) {
      const found = await decideOne(given);
      assert.deepEqual([found.status, found.error], ['failed', error]);
    }
  });

  it('is theirs who took it over meanwhile, and not in the ledger while that is away', async () => {
    assert.equal((await decideOne({ settled: false })).status, 'in hand elsewhere');
    const { status, whole } = await decideOne({ settled: 'unledgered' });
    assert.deepEqual([status, 'unledgered' in whole], ['sent', true]);
    assert.equal('unledgered' in (await decideOne({})).whole, false);
  });
});

describe('what a debug run would decide', () => {
  it('is nothing where it breaks, which the log says', async () => {
    const scope = scopeOf();
    const book = openDecidedBook();
    const decide = async () => Promise.reject(new Error('odd'));
    const courier = debugDecider(rulesSink(0), scope, { decide, filterOf: () => A, book });
    const hold = { key: { reportId: 'a@x' } };
    for (const items of [ITEMS, []])
      assert.deepEqual(await courier.deliver({ items, hold } as never), { status: 'skipped', why: 'debug', items: [] });
    courier.end();
    assert.deepEqual(
      scope.log.lines.map(({ text, fields }) => [text, fields]),
      [['not decided', { report: 'a@x', error: 'internal error: odd' }]],
    );
    assert.equal(book.take('run-1').size, 0);
  });
});
