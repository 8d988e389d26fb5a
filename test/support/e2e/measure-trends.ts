import { type Planted, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { stoppedClock } from '../time/steered-clock.ts';
import type { Json } from './json.ts';
import { type FilterSpec, startService } from './service.ts';

const SLOT = 300_000;
/** After the window's end; by then it is settled. */
const RUN_AFTER = 150_000;

/** An issue that a filter named although nothing was planted for it. */
export interface Alarm {
  readonly filter: string;
  readonly window: string;
  readonly issue: string;
  readonly state: string;
  readonly events: number;
  readonly expected: number;
  readonly score: number;
}

export interface Measured {
  readonly windows: number;
  /**
   * By kind of what was planted: how often it began in a filter's projects, and how often that filter named it in its
   * first window.
   */
  readonly planted: Readonly<Record<Planted['kind'], { readonly begun: number; readonly named: number }>>;
  /** Surges that a filter did not name in their first window. */
  readonly missed: readonly string[];
  readonly alarms: readonly Alarm[];
  /** Named again while what was planted still lasts: not steady traffic, so neither right nor wrong. By kind. */
  readonly again: Readonly<Record<Planted['kind'], number>>;
  /** Alarms per day of the filter that has most. */
  readonly alarmsADay: number;
}

/** All projects of the story; its loudest alone; two others with a search of their own. */
export const TREND_FILTERS: readonly FilterSpec[] = [
  { name: 'all', projects: ['web', 'api', 'mobile', 'worker', 'quiet', 'empty'], top: 100 },
  { name: 'web', projects: ['web'], top: 100 },
  { name: 'two', projects: ['api', 'worker'], environments: ['production', 'staging'], top: 100 },
];

/**
 * Runs the service over the sandbox's lively story, window after window.
 * Compares what trends with what was planted.
 */
export async function measureTrends(
  filters: readonly FilterSpec[],
  start: number,
  windows: number,
  seed = 1,
): Promise<Measured> {
  const clock = stoppedClock(start + SLOT + RUN_AFTER);
  const sandbox = await startSandbox({ now: clock.now, sleep: clock.sleep, story: 'lively', seed });
  const service = await startService({ sandbox, clock, filters, env: { TREND_BASELINES: '1h,1d,7d' } });
  const tally = createTally(sandbox, filters, start, windows);
  try {
    for (let index = 0; index < windows; index++) {
      const { status, text, body } = await service.post('?debug=true');
      const from = start + index * SLOT;
      if (status !== 200 || body.window.start !== new Date(from).toISOString() || body.incomplete !== 0)
        throw new Error(text.slice(0, 500));
      for (const report of body.reports) {
        if (report.gaps.length > 0) throw new Error(JSON.stringify(report.gaps));
        tally.add(report.filter as string, from, report.trending as Json[]);
      }
      clock.advance(SLOT);
    }
  } finally {
    await service.close();
    await sandbox.close();
  }
  return tally.result();
}

function createTally(
  { world }: Sandbox,
  filters: readonly FilterSpec[],
  start: number,
  windows: number,
): { add(filter: string, from: number, trending: readonly Json[]): void; result(): Measured } {
  const end = start + windows * SLOT;
  // What began before may still last: nothing does for a day.
  const all = world.planted(start - 86_400_000, end);
  const none = (): { begun: number; named: number } => ({ begun: 0, named: 0 });
  const counts: Record<Planted['kind'], { begun: number; named: number }> = {
    surge: none(),
    ramp: none(),
    new: none(),
    regressed: none(),
    single: none(),
  };
  const again: Record<Planted['kind'], number> = { surge: 0, ramp: 0, new: 0, regressed: 0, single: 0 };
  const missed: string[] = [];
  const alarms: Alarm[] = [];
  const add = (name: string, from: number, trending: readonly Json[]): void => {
    const filter = filters.find((it) => it.name === name)!;
    const named = new Set(trending.map(({ id }) => id as string));
    const window = new Date(from).toISOString();
    for (const one of all.filter(({ start: at, project }) => at === from && filter.projects.includes(project))) {
      counts[one.kind].begun++;
      if (named.has(one.issue)) counts[one.kind].named++;
      else if (one.kind === 'surge')
        missed.push(`${name} ${window} ${one.issue}: ${one.usual.toFixed(2)} usual, ${one.rate.toFixed(2)} planted`);
    }
    for (const { id, state, events, expected, score } of trending) {
      const cause = all.find((one) => one.issue === id && from >= one.start && from < one.start + one.slots * SLOT);
      if (cause === undefined) alarms.push({ filter: name, window, issue: id, state, events, expected, score });
      else if (from > cause.start) again[cause.kind]++;
    }
  };
  const result = (): Measured => {
    const most = Math.max(...filters.map(({ name }) => alarms.filter(({ filter }) => filter === name).length));
    return { windows, planted: counts, missed, alarms, again, alarmsADay: most / (windows / 288) };
  };
  return { add, result };
}
