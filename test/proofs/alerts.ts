/**
 * Alerts over real processes: `node test/proofs/alerts.ts [kills] [seed] [once|clocks|postgres|sqlite]`.
 * - once: three servers with one PostgreSQL decide the same 200 alerts at once, and each post takes 6 s, longer than a
 *   lease: every alert arrives once, no message twice.
 * - clocks: three servers whose clocks are 20 minutes apart tell as one with a right clock.
 * - postgres, sqlite: servers are killed in the middle of deciding, forming, posting and noting, four fifths of them
 *   over PostgreSQL: nothing is lost; the webhook gets each alert in one message, and again with the same id, and the
 *   log, which knows no repeats, at most once more, marked.
 * Exit code 1 when one of them fails.
 */
import { enableCompileCache } from 'node:module';
import { inspect } from 'node:util';
import { stopPostgres } from '../support/ledger/postgres.ts';
import { COMPILED, endProcesses } from '../support/process/processes.ts';
import { judgeKills, killsText } from '../support/telling/kills/judge.ts';
import { type KillPlace, postgresPlace, sqlitePlace } from '../support/telling/kills/places.ts';
import { killAll } from '../support/telling/kills/story.ts';
import { toldAtOnce } from '../support/telling/servers/at-once.ts';
import { toldByAnyClock } from '../support/telling/servers/clocks.ts';

// Half of a server's start is compiling.
enableCompileCache(COMPILED);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const only = process.argv[4];
const isWanted = (part: string): boolean => only === undefined || only === part;

async function killIn(place: KillPlace, count: number): Promise<void> {
  const began = performance.now();
  const all = await killAll(count, seed, place);
  await place.close();
  judgeKills(all);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  say(`${place.name}: ${count} kills, seed ${seed}, ${seconds} s: ${killsText(all)}; none lost`);
}

try {
  if (isWanted('once')) say(await toldAtOnce());
  if (isWanted('clocks')) say(await toldByAnyClock());
  const onFile = Math.floor(kills / 5);
  if (isWanted('postgres')) await killIn(await postgresPlace(), kills - onFile);
  if (isWanted('sqlite')) await killIn(await sqlitePlace(), onFile);
} catch (error) {
  say(inspect(error));
  process.exitCode = 1;
} finally {
  await endProcesses();
  await stopPostgres();
}
