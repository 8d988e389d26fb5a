import assert from 'node:assert/strict';
import { memoryLedger } from '../../../src/storage/memory/index.ts';
import { withFallback } from '../../../src/storage/fallback/with-fallback.ts';
import { statuses } from '../../support/build/run.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { type Cut, cuttable } from '../../support/ledger/cuttable-ledger.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { type Server, serverAt } from '../../support/ledger/servers.ts';

for (const { kind, open } of KINDS) {
  describe(`a ledger in ${kind} that comes back in mid-run`, () => {
    let box: LedgerBox;
    let cut: Cut;
    let server: Server;
    beforeEach(async () => {
      box = await open();
      server = serverAt(box, {
        sinks: [{ name: 'safe', repeatSafe: true }, { name: 'counter' }],
        found: () => {
          cut.heal();
          box.clock.advance(2_000);
          return {};
        },
        ledger: (real) => {
          cut = cuttable(real, 'safe');
          return withFallback(cut.ledger, memoryLedger(box.clock.now), {
            now: box.clock.now,
            log: createLogBook(),
            repeatSafe: new Set(['safe']),
          });
        },
      });
    });
    afterEach(async () => {
      await server.close();
      await box.close();
    });

    it('before what was read is kept: what was claimed without it is sent all the same, and told with the next claim', async () => {
      cut.from('began');
      const result = await server.go();
      assert.ok(cut.calls.includes('keep'), 'it was back when the report was kept');
      assert.deepEqual(statuses(result), [['a', { safe: 'sent', counter: 'failed' }]]);
      const { safe } = result.reports[0]!.sinks;
      assert.ok(safe !== undefined && 'unledgered' in safe && safe.unledgered);
      assert.deepEqual(statuses(await server.go()), [['a', { safe: 'sent before', counter: 'sent' }]]);
      assert.deepEqual(
        server.sinks.map(({ requests }) => requests.length),
        [1, 1],
      );
      const other = serverAt(box, { name: 'host-2', sinks: [{ name: 'safe', repeatSafe: true }, { name: 'counter' }] });
      assert.deepEqual(statuses(await other.go()), [['a', { safe: 'sent before', counter: 'sent before' }]]);
      await other.close();
    });
  });
}
