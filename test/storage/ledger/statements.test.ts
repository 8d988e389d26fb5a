import assert from 'node:assert/strict';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { type Server, serverAt } from '../../support/ledger/servers.ts';
import { until } from '../../support/time/until.ts';
import { countStatements, type StatementCount } from '../../support/ledger/statements.ts';

/**
 * A run claims six times: one statement each when all of it is new, else two more for the rows that exist and one for
 * their reports. What was read is kept in one transaction of four statements; what was sent is settled in three.
 * Two are for the begin and end of the run, one looks at the version. Whoever met claims of others looks at them once
 * more. What is added up by hour, beside a run and every four minutes, takes seven.
 */
const HOURS = 7;
const MOST = { fresh: 6 + 4 + 3 + 3 + HOURS, repeated: 6 * 4 + 3 + HOURS, held: 7 * 4 + 3 + HOURS };
const SIZES = [10, 100, 1000];

for (const { kind, open } of KINDS) {
  describe(`statements of a run with a ledger in ${kind}`, () => {
    let box: LedgerBox;
    let count: StatementCount;
    let servers: Server[];
    beforeEach(async () => {
      box = await open();
      count = countStatements();
      servers = [];
    });
    afterEach(async () => {
      count.end();
      await Promise.all(servers.map((server) => server.close()));
      await box.close();
    });

    const serve = async (name: string, filters: number): Promise<Server> => {
      const server = serverAt(box, {
        name,
        sinks: [{ name: 'one' }, { name: 'two' }],
        filters: Array.from({ length: filters }, (_, n) => filterOf({ name: `f-${n}` })),
      });
      servers.push(server);
      // The first run connects, makes the tables and prunes.
      await server.go({ window: { start: WINDOW.start - 300_000, end: WINDOW.start } });
      // The last that is looked at when it prunes, which nothing waits for.
      await until(
        'it has pruned',
        () => count.naming('select distinct "project" from "sentry_monitor_event_cursors"') === servers.length,
      );
      return server;
    };

    const counted = async (
      run: () => Promise<{ readonly reports: readonly { readonly sinks: object }[] }>,
      status: string,
    ): Promise<number> => {
      box.clock.advance(10_000);
      const before = count.read();
      const { reports } = await run();
      const statements = count.read() - before;
      for (const { sinks } of reports)
        assert.deepEqual(
          Object.values(sinks).map((it: { status: string }) => it.status),
          [status, status],
        );
      return statements;
    };

    for (const filters of SIZES) {
      it(`stay within their bound for ${filters} filters`, async () => {
        const [one, two] = [await serve('host-1', filters), await serve('host-2', filters)];
        const fresh = await counted(() => one.go(), 'sent');
        assert.ok(fresh > 0 && fresh <= MOST.fresh, `${fresh} of a run that did all`);
        const repeated = await counted(() => two.go(), 'sent before');
        assert.ok(repeated > 0 && repeated <= MOST.repeated, `${repeated} of a run that found all done`);
      });
    }

    it('stay within their bound for 100 filters, all of which another has in hand', async () => {
      const [one, two] = [await serve('host-1', 100), await serve('host-2', 100)];
      const all = Array.from({ length: 100 }, (_, n) => ({
        reportId: `f-${n}@${new Date(WINDOW.start).toISOString()}`,
        revision: 0,
      }));
      await one.ledger.claims.claim(
        all.flatMap((key) => ['one', 'two'].map((sink) => ({ ...key, sink }))),
        30_000,
      );
      const held = await counted(() => two.go(), 'in hand elsewhere');
      assert.ok(held > 0 && held <= MOST.held, `${held} of a run that found all in other hands`);
    });
  });
}
