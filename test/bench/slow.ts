import { endProcesses } from '../support/process/processes.ts';
import { type Box, endService, openBox, type Run, WINDOWS_AN_HOUR } from './box.ts';
import { contentOf } from './many.ts';
import { spread } from './measure.ts';
import { LATENCY_MS, type Plan, type Row, runCells, timeOf } from './rows.ts';

const FILTERS = 100;
const SLOW_MS = 20_000;

/**
 * When the others' totals were delivered while one filter's requests take 20 s, and when none does.
 * Warm, one process.
 */
export async function slowRows({ reps }: Plan): Promise<readonly Row[]> {
  const box = await openBox(contentOf(FILTERS), reps + 1);
  const [plain, slowed]: [Run[], Run[]] = [[], []];
  try {
    await box.sandbox.command('limits', { preset: 'saas' });
    const service = await box.start();
    await box.run(service, 0);
    for (let rep = 1; rep <= reps; rep++) {
      const n = rep * WINDOWS_AN_HOUR;
      // The first run of the hour reads days ago; the next two are alike.
      await box.latency(0);
      await box.run(service, n);
      await box.latency(LATENCY_MS);
      plain.push(await box.run(service, n + 1));
      await slowTeam(box);
      slowed.push(await box.run(service, n + 2));
    }
    await endService(service);
  } finally {
    await endProcesses();
  }
  const ratio = spread(slowed.map((it, n) => othersAt(it) / othersAt(plain[n]!)));
  const row = (name: string, runs: readonly Run[], against: string): Row => ({
    section: `A slow team (1 of ${FILTERS} filters answers in ${SLOW_MS / 1000} s)`,
    name,
    ...runCells(runs),
    time: timeOf(spread(runs.map(othersAt))),
    against,
    numbers: `${runs[0]!.records} records a run, right`,
  });
  return [
    row(
      `the other ${FILTERS - 1} delivered, none slow`,
      plain,
      `the whole run: ${timeOf(spread(plain.map(({ ms }) => ms)))}`,
    ),
    row(
      `the other ${FILTERS - 1} delivered, one slow`,
      slowed,
      `${ratio.median.toFixed(2)} × (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}); the whole run: ${timeOf(spread(slowed.map(({ ms }) => ms)))}`,
    ),
  ];
}

/** Of two faults that fit, the first holds. */
async function slowTeam({ sandbox }: Box): Promise<void> {
  await sandbox.heal();
  await sandbox.command('faults', { vendor: 'sentry', kind: 'slow', ms: SLOW_MS, times: 0, match: 'team-0 has' });
  await sandbox.command('faults', { vendor: 'sentry', kind: 'slow', ms: LATENCY_MS, times: 0 });
}

/** From the post until the last record of the other filters was with New Relic and Anodot, ms. */
function othersAt({ arrived, beganAt }: Run): number {
  return (
    Math.max(...arrived.filter(({ filter }) => filter !== 'team-0' && filter !== '').map(({ lastAt }) => lastAt)) -
    beganAt
  );
}
