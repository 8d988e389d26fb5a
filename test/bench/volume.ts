import { endProcesses } from '../support/process/processes.ts';
import { type Box, endService, openBox, type Run, WINDOWS_AN_HOUR } from './box.ts';
import { type Content, parts, WINDOW_MS, withUsers } from './content.ts';
import { same, spread } from './measure.ts';
import { type PagesRead, readAllPages, readAsIn2017 } from './readers.ts';
import { LATENCY_MS, type Plan, type Row, runCells, thousands, timeOf, wanted } from './rows.ts';

const PROJECTS = ['web', 'api', 'jobs'];
const ISSUES = 30;
/** Between the cold and the warm run: an hour of windows, as a service that has been up for a while has seen them. */
const BETWEEN = 12;
/** Those windows do not pass the second hour. */
const HOURS_A_REP = 2;
/** Reading by pages beyond this would take minutes. */
const MOST_BY_PAGES = 10_000;

/**
 * `events` a window in 30 issues of 3 projects.
 * One filter means all of them, one those of two projects that name the checkout.
 */
function contentOf(events: number): Content {
  const sizes = parts(events, ISSUES);
  const issues = withUsers(
    sizes.map((size, n) => ({
      project: PROJECTS[n % 3]!,
      issue: 7001 + n,
      title: `Error: ${n % 2 === 0 ? 'checkout' : 'search'} failed ${n}`,
      events: size,
    })),
  );
  return {
    projects: PROJECTS,
    issues,
    filters: [
      { spec: { name: 'everything', projects: PROJECTS }, means: () => true },
      {
        spec: { name: 'checkout', projects: ['web', 'api'], searchTerms: ['Checkout failed'] },
        means: ({ title }) => title.includes('checkout'),
      },
    ],
  };
}

interface Volume {
  readonly events: number;
  readonly cold: readonly Run[];
  /** Cold, and posted before the look-ups at start were answered. */
  readonly hurried: readonly Run[];
  readonly warm: readonly Run[];
  readonly pages: readonly PagesRead[];
  readonly old: readonly PagesRead[];
}

const latencyOf = (quick: boolean): number => (quick ? 10 : LATENCY_MS);

/** Rows for each size; throws on a wrong number, or when the number of requests depends on the volume. */
export async function volumeRows(sizes: readonly number[], plan: Plan): Promise<readonly Row[]> {
  const all: Volume[] = [];
  for (const events of sizes) all.push(await measure(events, plan, events === sizes[0]));
  const cold = same(
    'cold requests',
    all.flatMap((it) => [...it.cold, ...it.hurried].map(({ requests }) => requests)),
  );
  const warm = same(
    'warm requests',
    all.flatMap((it) => it.warm.map(({ requests }) => requests)),
  );
  const equal = `${thousands(sizes[0]!)} to ${thousands(sizes.at(-1)!)} events: ${cold} requests cold, ${warm} warm, in every run: equal`;
  return [
    ...all.flatMap((it) => rowsOf(it, latencyOf(plan.quick))),
    {
      section: SECTION,
      name: 'all sizes',
      requests: `${cold} cold, ${warm} warm`,
      against: wanted(equal, true),
      numbers: 'counted by the sandbox',
    },
  ];
}

const SECTION = 'Events per window (3 projects, 2 filters, 30 issues)';

async function measure(events: number, { reps, quick }: Plan, isFirst: boolean): Promise<Volume> {
  const [latency, between] = [latencyOf(quick), quick ? 2 : BETWEEN];
  const box = await openBox(contentOf(events), reps * HOURS_A_REP, { listed: true });
  const result = {
    events,
    cold: [] as Run[],
    hurried: [] as Run[],
    warm: [] as Run[],
    pages: [] as PagesRead[],
    old: [] as PagesRead[],
  };
  try {
    for (let rep = 0; rep < reps; rep++) {
      const n = rep * HOURS_A_REP * WINDOWS_AN_HOUR;
      await box.sandbox.command('forget', {});
      await box.latency(latency);
      const service = await box.startReady();
      result.cold.push(await box.run(service, n, { isCold: true }));
      await box.latency(0);
      for (let m = 1; m <= between; m++) await box.run(service, n + m);
      await box.latency(latency);
      result.warm.push(await box.run(service, n + between + 1));
      await endService(service);
      if (isFirst) {
        const early = await box.start();
        result.hurried.push(await box.run(early, n + between + 2, { isCold: true }));
        await endService(early);
      }
      if (events > MOST_BY_PAGES) continue;
      const start = box.first + (n + between + 1) * WINDOW_MS;
      result.pages.push(checkPages(box, await readAllPages(box.sandbox, PROJECTS, start)));
      result.old.push(await readAsIn2017(box.sandbox, PROJECTS, start));
    }
  } finally {
    await endProcesses();
  }
  return result;
}

/** The honest reader must find the same as was put in: else it is no comparison. */
function checkPages({ content }: Box, read: PagesRead): PagesRead {
  for (const { issue, events } of content.issues)
    if (read.issues.get(String(issue)) !== events)
      throw new Error(`by pages: issue ${issue} has ${read.issues.get(String(issue))} events, ${events} were put in`);
  return read;
}

function rowsOf({ events, cold, hurried, warm, pages, old }: Volume, latency: number): readonly Row[] {
  const numbers = `${cold[0]!.records} records a run, right`;
  const bound = (runs: readonly Run[], trips: number): string => {
    const [median, most] = [spread(runs.map(({ ms }) => ms)).median, trips * latency + 100];
    return wanted(`≤ ${trips} round trips + 100 ms = ${most.toFixed(0)} ms`, median <= most);
  };
  const rows: Row[] = [
    { section: SECTION, name: `${thousands(events)}, cold`, ...runCells(cold), against: bound(cold, 3.5), numbers },
    ...(hurried.length === 0
      ? []
      : [
          {
            section: SECTION,
            name: `${thousands(events)}, cold, posted as soon as it listens`,
            ...runCells(hurried),
            against: 'one round trip more: its look-ups at start are under way',
            numbers,
          },
        ]),
    { section: SECTION, name: `${thousands(events)}, warm`, ...runCells(warm), against: bound(warm, 2.5), numbers },
  ];
  if (pages.length === 0) return rows;
  const ratio = spread(pages.map(({ ms }, n) => ms / warm[n]!.ms));
  const times = `${ratio.median.toFixed(1)} × (${ratio.min.toFixed(1)}–${ratio.max.toFixed(1)}) as long as warm`;
  const oldRatio = spread(old.map(({ ms }, n) => ms / warm[n]!.ms));
  const found = same(
    'events that the 2017 way finds',
    old.map((it) => it.events),
  );
  return [
    ...rows,
    {
      section: SECTION,
      name: `${thousands(events)}, reading every page`,
      requests: String(pages[0]!.requests),
      time: timeOf(spread(pages.map(({ ms }) => ms))),
      against: events === MOST_BY_PAGES ? `${times}; ${wanted('≥ 10 ×', ratio.median >= 10)}` : times,
      numbers: `${thousands(events)} events, right`,
    },
    {
      section: SECTION,
      name: `${thousands(events)}, the 2017 way`,
      requests: String(old[0]!.requests),
      time: timeOf(spread(old.map(({ ms }) => ms))),
      against: `${oldRatio.median.toFixed(1)} × as long as warm`,
      numbers:
        found === events
          ? `${thousands(events)} events, right`
          : `${thousands(found)} of ${thousands(events)} events: wrong`,
    },
  ];
}
