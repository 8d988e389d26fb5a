import assert from 'node:assert/strict';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import { judge } from '../../../src/core/run/verdict.ts';
import type { Engine } from '../../../src/storage/database/engine.ts';
import { migrate } from '../../../src/storage/database/migrate.ts';
import { MIGRATIONS } from '../../../src/storage/database/migrations/index.ts';
import { memoryLedger } from '../../../src/storage/memory/index.ts';
import { withFallback } from '../../../src/storage/fallback/with-fallback.ts';
import { WINDOW } from '../../support/build/reports.ts';
import { receipt, statuses } from '../../support/build/run.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { type Server, serverAt } from '../../support/ledger/servers.ts';

const NEXT = { start: WINDOW.start + 300_000, end: WINDOW.end + 300_000 };
/** Versions beside those of this program: literally what it says. */
const WHY =
  /^the ledger's tables have version \d+ \(later\), this program knows \d+; update sentry-monitor on this server, or give it another LEDGER_URL$/;

for (const { kind, open } of KINDS) {
  describe(`a server that runs while another one is updated and breaks the tables in ${kind}`, () => {
    let box: LedgerBox;
    let db: Engine['db'];
    let server: Server | undefined;
    beforeEach(async () => {
      box = await open();
      ({ db } = await box.database.ready());
    });
    afterEach(async () => {
      await server?.close();
      await box.close();
    });

    const log = createLogBook();
    const serve = (onError: 'safe' | 'stop'): Server =>
      (server = serverAt(box, {
        sinks: [{ name: 'safe', repeatSafe: true }, { name: 'counter' }],
        ledger: (real: Ledger) =>
          withFallback({ ...real, sharing: { ...real.sharing, onError } }, memoryLedger(box.clock.now), {
            now: box.clock.now,
            log,
            repeatSafe: new Set(['safe']),
          }),
      }));
    const update = async (breaking: boolean): Promise<void> =>
      migrate(db, [...MIGRATIONS, { name: 'later', breaking, up: async () => undefined }]);

    for (const onError of ['safe', 'stop'] as const) {
      it(`uses them no longer, and says to update (${onError})`, async () => {
        log.lines.length = 0;
        const { go, ledger, sinks } = serve(onError);
        assert.deepEqual(statuses(await go()), [['a', { safe: 'sent', counter: 'sent' }]]);
        await update(true);
        box.clock.advance(10_000);
        const result = await go({ window: NEXT });
        assert.deepEqual(statuses(result), [
          ['a', { safe: onError === 'safe' ? 'sent' : 'failed', counter: 'failed' }],
        ]);
        assert.match(receipt(result, 0, 'counter').error!.replace('not sent: the ledger cannot be used: ', ''), WHY);
        assert.deepEqual(
          [await ledger.health(), judge(result.reports, null).http],
          onError === 'safe' ? ['degraded', 502] : ['down', 503],
        );
        box.clock.advance(3_600_000);
        assert.deepEqual(
          statuses(await go({ window: NEXT })),
          [['a', { safe: onError === 'safe' ? 'sent before' : 'failed', counter: 'failed' }]],
          'nor later',
        );
        assert.deepEqual(
          sinks.map(({ requests }) => requests.length),
          onError === 'safe' ? [2, 1] : [1, 1],
        );
        const told = log.lines.filter(({ level }) => level === 'error');
        assert.deepEqual(
          told.map(({ text }) => text),
          ['ledger is not used any more'],
        );
        assert.match(String(told[0]!.fields['error']), WHY);
        assert.deepEqual(
          (await db.selectFrom('sentry_monitor_runs').select('window_start').execute()).map((run) => run.window_start),
          [WINDOW.start],
          'it wrote nothing more',
        );
      });
    }

    it('says so too of what it had read before', async () => {
      const stage = serverAt(box, {
        sinks: [{ name: 'safe', repeatSafe: true }, { name: 'counter' }],
        found: async () => {
          await update(true);
          box.clock.advance(10_000);
          return {};
        },
        ledger: (real: Ledger) =>
          withFallback(real, memoryLedger(box.clock.now), { now: box.clock.now, log, repeatSafe: new Set(['safe']) }),
      });
      server = stage;
      const result = await stage.go();
      assert.deepEqual(
        [statuses(result), stage.source.reads.length],
        [[['a', { safe: 'sent', counter: 'failed' }]], 1],
      );
      assert.match(receipt(result, 0, 'counter').error!.replace('not sent: the ledger cannot be used: ', ''), WHY);
    });

    it('goes on when the change breaks nothing for it', async () => {
      const { go } = serve('safe');
      await go();
      await update(false);
      box.clock.advance(10_000);
      assert.deepEqual(statuses(await go({ window: NEXT })), [['a', { safe: 'sent', counter: 'sent' }]]);
    });
  });
}
