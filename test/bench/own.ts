import { join } from 'node:path';
import { until } from '../support/time/until.ts';
import { endProcesses } from '../support/process/processes.ts';
import { endService, openBox, type Run, WINDOWS_AN_HOUR } from './box.ts';
import { contentOf } from './many.ts';
import { spread } from './measure.ts';
import { heavy, type Plan, type Row, runCells, thousands } from './rows.ts';
import { lockedBytes, lockedPackages, megabytes } from './weight.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILTERS = 100;
const ISSUES_EACH = 1_000;
const SECTION = "The service's own cost";

/** CPU per reported issue, with a Sentry that answers at once. */
export async function cpuRow(plan: Plan): Promise<Row> {
  const reps = heavy(plan);
  const box = await openBox(contentOf(FILTERS, ISSUES_EACH), reps);
  const runs: Run[] = [];
  try {
    for (let rep = 0; rep < reps; rep++) {
      await box.sandbox.command('forget', {});
      const service = await box.start({ RUN_DEADLINE_SECONDS: '280' });
      // The start's CPU is a row of its own.
      await until('the projects are looked up', async () =>
        (await box.sandbox.requests()).requests.some(
          ({ endpoint, status }) => endpoint === 'projects' && status === 200,
        ),
      );
      runs.push(await box.run(service, rep * WINDOWS_AN_HOUR));
      await endService(service);
    }
  } finally {
    await endProcesses();
  }
  const issues = FILTERS * ISSUES_EACH;
  const micros = spread(runs.map(({ cpuMs }) => (cpuMs * 1000) / issues));
  return {
    section: SECTION,
    name: `${thousands(issues)} issues in ${FILTERS} filters, first run`,
    ...runCells(runs),
    against: `${micros.median.toFixed(0)} µs of CPU an issue (${micros.min.toFixed(0)}–${micros.max.toFixed(0)})`,
    numbers: `${thousands(runs[0]!.records)} records a run, right`,
  };
}

/** CPU from the start of the process until its first run was answered. */
export async function startRow({ reps }: Plan): Promise<Row> {
  const box = await openBox(contentOf(1), reps);
  const runs: Run[] = [];
  try {
    for (let rep = 0; rep < reps; rep++) {
      await box.sandbox.command('forget', {});
      const service = await box.start();
      runs.push(await box.run(service, rep * WINDOWS_AN_HOUR, { isCold: true }));
      await endService(service);
    }
  } finally {
    await endProcesses();
  }
  const seconds = spread(runs.map(({ cpuMs }) => cpuMs / 1000));
  return {
    section: SECTION,
    name: 'start to first answer (1 filter)',
    ...runCells(runs),
    time: '',
    against: `${seconds.median.toFixed(2)} CPU-seconds (${seconds.min.toFixed(2)}–${seconds.max.toFixed(2)})`,
    numbers: `${runs[0]!.records} records, right`,
  };
}

/** What `npm ci --omit=dev` puts on disk, by the lock file: for those who run the source. */
export function installRow(): Row {
  return {
    section: SECTION,
    name: 'installed packages, without those for tests',
    against: `${megabytes(lockedBytes(ROOT))} in ${lockedPackages(ROOT).length} packages`,
    numbers: '',
  };
}
