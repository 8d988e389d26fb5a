import assert from 'node:assert/strict';
import { createCourier, type MakeCourier } from '../../../src/core/delivery/courier.ts';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import { COUNTER, type Recounts } from '../../../src/core/ports/recounts.ts';
import { NOBODY } from '../../../src/core/ports/run-listener.ts';
import type { RecountWork } from '../../../src/core/recount/recount-work.ts';
import { sendCorrections } from '../../../src/core/recount/send-corrections.ts';
import { openScope } from '../../../src/core/run/scope.ts';
import { memoryLedger } from '../../../src/storage/memory/index.ts';
import { withFallback } from '../../../src/storage/fallback/with-fallback.ts';
import { fakeSink } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { cuttable } from '../../support/ledger/cuttable-ledger.ts';
import { createClock } from '../../support/time/clock.ts';

const KEY: ClaimKey = { reportId: `a@${new Date(WINDOW.start).toISOString()}`, revision: 1, sink: 'one' };

describe('corrections while the ledger is away', () => {
  it('are not through without their items: nothing is sent, and they stay open for the ledger', async () => {
    const [clock, log] = [createClock(() => true), createLogBook()];
    const cut = cuttable(memoryLedger(clock.now), 'send');
    const ledger: Ledger = withFallback(cut.ledger, memoryLedger(clock.now), {
      now: clock.now,
      log,
      repeatSafe: new Set(),
    });
    const scope = openScope('run-1', { ...clock, log, deadlineMs: 100_000, shutdown: new AbortController().signal });
    const sink = fakeSink();
    const courier: MakeCourier = (it, leases, given) =>
      createCourier(it, leases, given, { ...clock, progress: NOBODY });
    const recounts = { open: async () => [KEY] } as unknown as Recounts;
    const work = {
      order: { filters: [filterOf({ name: 'a' })] },
      sinks: [sink],
      ledger,
      scope,
      recounts,
      courier,
    } as unknown as RecountWork;
    cut.from('claim');
    const sent = await sendCorrections(WINDOW.start, new Set(), work, { ...clock, served: new Set(['one']) });
    assert.deepEqual(
      sent.map(({ receipt }) => receipt.status),
      ['failed'],
    );
    assert.equal(sink.requests.length, 0);
    cut.heal();
    clock.advance(30_000);
    assert.deepEqual(
      (await ledger.claims.claim([KEY], 30_000)).map(({ status }) => status),
      ['ours'],
      'not told as done',
    );
    scope.close();
  });

  it('are not counted: nobody could keep them', async () => {
    const clock = createClock(() => true);
    const cut = cuttable(memoryLedger(clock.now), 'send');
    const ledger = withFallback(cut.ledger, memoryLedger(clock.now), {
      now: clock.now,
      log: createLogBook(),
      repeatSafe: new Set(),
    });
    cut.from('claim');
    const claimed = await ledger.claims.claim([{ ...KEY, revision: 0, sink: COUNTER }, KEY], 30_000);
    assert.deepEqual(
      claimed.map(({ status }) => status),
      ['waiting', 'ours'],
    );
  });
});
