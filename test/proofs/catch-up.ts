/**
 * The catch-up at length: `node test/proofs/catch-up.ts [sink|sentry|servers|database|day …]`.
 * Real servers, PostgreSQL and SQLite, on a clock that is moved. Outages of one and six hours begin before, amid and
 * after a run: each report is there once, with its count.
 * Then a day's backlog of 50 filters, its speed, and what it costs the current window.
 * Exit code 1 when something is wrong.
 */
import assert from 'node:assert/strict';
import { dayBehind } from '../support/catch-up/day-behind.ts';
import { OUTAGES } from '../support/catch-up/outage-kinds.ts';
import { MOMENTS, story } from '../support/catch-up/outages.ts';
import { endProcesses } from '../support/process/processes.ts';
import { startRemoteSandbox } from '../support/process/services.ts';
import { freshDatabase, stopPostgres } from '../support/ledger/postgres.ts';

const [FILTERS, HOUR] = [3, 12];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

try {
  for (const outage of OUTAGES.filter(isWanted)) {
    const database = await freshDatabase();
    const troubles = [HOUR, 6 * HOUR].flatMap((windows) => MOMENTS.map((moment) => ({ outage, moment, windows })));
    const began = performance.now();
    const { windows, reports, caughtUp, longestMs } = await story(
      troubles,
      FILTERS,
      await startRemoteSandbox(),
      database,
    );
    say(
      `${outage}: ${troubles.length} outages of one and six hours, ${windows} windows, ${seconds(performance.now() - began)}: ${reports} reports arrived, each once with its count; ${caughtUp} windows times filters caught up; longest run ${seconds(longestMs)}`,
    );
    await endProcesses();
    await database.drop();
  }
  if (isWanted('day')) {
    const { kind, filters, missing, runs, worked, deadlineMs, aloneMs, withBacklogMs } = await dayBehind(
      await startRemoteSandbox(),
    );
    for (const [index, { ms, windows, left }] of runs.entries())
      say(`  run ${index + 1}: ${windows} windows in ${seconds(ms)}, ${left} windows times filters left`);
    say(
      `a day behind, ${filters} filters, ${kind}: ${missing} windows times filters in ${runs.length} runs, ${seconds(worked)}: ${((missing / worked) * 1000).toFixed(0)} a second`,
    );
    say(`the current window: ${seconds(aloneMs)} without a backlog, ${seconds(withBacklogMs)} with a day of it`);
    assert.ok(withBacklogMs < 1.5 * aloneMs + 1000, 'the backlog does not delay the current window');
    assert.ok(
      runs.every(({ ms }) => ms < deadlineMs),
      'each within its deadline',
    );
    await endProcesses();
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await endProcesses();
  await stopPostgres();
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
