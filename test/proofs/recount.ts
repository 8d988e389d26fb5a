/**
 * Late events over a whole day: `node test/proofs/recount.ts [seed]`.
 * Two servers with one PostgreSQL are posted at once, every five minutes of a simulated day and every half hour of the
 * next. 3 % of the events come up to 20 hours late. Servers are killed while they count again.
 * Then New Relic's `max` by window and Anodot's sum by bucket are what happened. Exit code 1 when they are not.
 */
import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import { endProcesses } from '../support/process/processes.ts';
import { startRemoteSandbox } from '../support/process/services.ts';
import { freshDatabase, stopPostgres } from '../support/ledger/postgres.ts';
import { assertTrue, killAt, openLate } from '../support/recount/late-bench.ts';

const [WINDOWS, PER_WINDOW, KILLS] = [288, 12, 4];
/** In windows. */
const [HALF_HOUR, DAY] = [6, 288];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);

try {
  const [sandbox, database] = [await startRemoteSandbox(), await freshDatabase()];
  const isNone = (where: string) => async (): Promise<boolean> =>
    (await database.query(`select claim from sentry_monitor_claims where ${where}`)).length === 0;
  const stage = await openLate(
    { seed, windows: WINDOWS, perWindow: PER_WINDOW, env: { LEDGER_URL: database.url, CATCH_UP_HOURS: '0' } },
    sandbox,
  );
  const began = performance.now();
  const at = (window: number): string =>
    `start=${new Date(Date.UTC(2026, 10, 20, 10, 5 * window)).toISOString().slice(0, 19)}`;
  for (let window = 0; window < WINDOWS; window++) {
    if (window % Math.floor(WINDOWS / KILLS) === 40) {
      await killAt(
        stage,
        window,
        { vendor: 'sentry', endpoint: 'events-table', kind: 'slow', match: at(window - 2) },
        isNone('revision > 0 and done = 0'),
      );
      await until(
        'the leases of the dead have run out',
        isNone('lease_until > extract(epoch from clock_timestamp()) * 1000'),
      );
    }
    await stage.tick(window);
  }
  let last = stage.answers.at(-1)!;
  for (let window = WINDOWS; window < WINDOWS + DAY; window += HALF_HOUR)
    [last] = (await stage.tick(window)) as [typeof last];
  const { events, counts, low, sent } = await assertTrue(stage, WINDOWS);
  const shares = stage.answers.flatMap(({ body }) =>
    (
      body.late as {
        readonly after: string;
        readonly windows: number;
        readonly share: number;
        readonly filter: string;
      }[]
    ).filter(({ after, windows }) => after === '23h' && windows > 0),
  );
  assert.ok(shares.length > 0, 'the share of late events was measured');
  say(
    `seed ${seed}: ${events} events in ${WINDOWS} windows, ${((performance.now() - began) / 1000).toFixed(0)} s; ${low} of ${counts} counts were too low at first, ${sent} corrections were sent, ${KILLS} servers killed: New Relic's max and Anodot's sum are exact`,
  );
  say(`late, by the last answer: ${JSON.stringify(last.body.late)}`);
} catch (error) {
  say(String(error));
  process.exitCode = 1;
} finally {
  await endProcesses();
  await stopPostgres();
}
