/**
 * The shared ledger at length: `node test/proofs/ledger.ts [seed]`.
 * Three servers, 60 windows and 20 filters, posted at once: each report arrives once.
 * Then 30 random kills: nothing is lost. Exit code 1 when one of them fails.
 */
import assert from 'node:assert/strict';
import { arrived, expected, fill, lastEnds, postEnd, same } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import { startRemoteSandbox, startRemoteService } from '../support/process/services.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { chaos } from '../support/ledger/chaos.ts';
import { freshDatabase, stopPostgres } from '../support/ledger/postgres.ts';

const [SERVERS, WINDOWS, FILTERS, KILLS] = [3, 60, 20, 30];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);

async function allAtOnce(): Promise<void> {
  const [sandbox, database] = [await startRemoteSandbox(), await freshDatabase()];
  const projects = Array.from({ length: FILTERS }, (_, n) => `p-${n}`);
  const filters = projects.map((project, n): FilterSpec => ({ name: `f-${n}`, projects: [project] }));
  const ends = lastEnds(WINDOWS);
  await fill(sandbox, projects, ends);
  const servers = await Promise.all(
    Array.from({ length: SERVERS }, () =>
      startRemoteService(sandbox, filters, { LEDGER_URL: database.url, RUN_DEADLINE_SECONDS: '300' }),
    ),
  );
  const began = performance.now();
  const answers = await Promise.all(servers.map((server) => Promise.all(ends.map((end) => postEnd(server, end)))));
  const seconds = (performance.now() - began) / 1000;
  const shares = answers.map(
    (some) =>
      some
        .flatMap(({ body }) => body.reports as { sinks: Record<string, { status: string }> }[])
        .flatMap(({ sinks }) => Object.values(sinks))
        .filter(({ status }) => status === 'sent').length,
  );
  same(await arrived(sandbox), expected(filters, projects, ends, ['newrelic', 'anodot']));
  assert.ok(
    shares.every((share) => share > 0),
    `each server did some: ${shares.join()}`,
  );
  say(
    `${SERVERS} servers, ${WINDOWS} windows, ${FILTERS} filters at once, ${seconds.toFixed(1)} s: ${WINDOWS * FILTERS * 2} reports arrived, each once; sent by ${shares.join(', ')}`,
  );
  await endProcesses();
  await database.drop();
}

async function killed(): Promise<void> {
  say(`${KILLS} kills, seed ${seed}`);
  const database = await freshDatabase();
  const { moments, reports, twice } = await chaos(
    { seed, kills: KILLS, servers: SERVERS, windows: WINDOWS, filters: FILTERS },
    await startRemoteSandbox(),
    database,
  );
  say(
    `before a send ${moments.before}, in one ${moments.in}, between store and record ${moments.after}; ${reports} reports arrived, ${twice} of them twice, all of those stored and not recorded when their server died`,
  );
  for (const [moment, count] of Object.entries(moments))
    assert.ok(count >= KILLS / 5, `${moment} a send: ${count} of ${KILLS}`);
  await endProcesses();
  await database.drop();
}

try {
  await allAtOnce();
  await killed();
} catch (error) {
  say(String(error));
  process.exitCode = 1;
} finally {
  await endProcesses();
  await stopPostgres();
}
