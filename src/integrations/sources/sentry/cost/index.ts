import type { FilterLoad, ReadingCost, ServerAssumptions, SourceCost } from '../../../../core/ports/source-cost.ts';
import { restMs } from '../api/read-deadline.ts';
import type { ReadingSettings } from '../settings.ts';
import { ceilingOf, type Effort, effortOf, secondsAt } from './duration.ts';
import { projectsIn, requestsFor, type When } from './requests-of-filters.ts';
import { pagesWarnings, tableWarnings } from './warnings.ts';

const RUNS_A_DAY = 288;
const HOURS_A_DAY = 24;
const RUN_SECONDS = 300;
/** Events of a page. */
const EVENTS_A_PAGE = 100;

/** What reading costs with these settings, as docs/cost.md has it. */
export function sentryCost(org: string, settings: ReadingSettings): SourceCost {
  const isPaged = settings.source === 'pages';
  return {
    org,
    maxRows: settings.maxRows,
    isPaged,
    estimate: (loads, assumptions, deadlineMs) => {
      const estimate = isPaged ? pagesCost : tableCost;
      return estimate(loads, settings, assumptions, deadlineMs);
    },
  };
}

function tableCost(
  loads: readonly FilterLoad[],
  settings: ReadingSettings,
  assumptions: ServerAssumptions,
  deadlineMs: number,
): ReadingCost {
  const { concurrency, maxRows } = settings;
  const { perSecond, atOnce } = assumptions;
  const of = (when: When): ReturnType<typeof requestsFor> => requestsFor(loads, when, settings, assumptions);
  const requests = { cold: of('cold'), hourly: of('hourly'), warm: of('warm') };
  const cold = effortOf(loads, requests.cold, true, maxRows);
  const warm = effortOf(loads, requests.warm, false, maxRows);
  const readingSeconds = restMs(deadlineMs) / 1000;
  const ceiling = (seconds: number, effort: Effort): number => ceilingOf(seconds, effort, settings, assumptions);
  const cost = {
    readingSeconds,
    requests,
    requestsPerDay: HOURS_A_DAY * requests.hourly.all + (RUNS_A_DAY - HOURS_A_DAY) * requests.warm.all,
    durations: assumptions.latencies.map((latencyMs) => ({
      latencyMs,
      cold: secondsAt(latencyMs, cold, settings, assumptions),
      warm: secondsAt(latencyMs, warm, settings, assumptions),
    })),
    ceiling: {
      everythingMs: ceiling(readingSeconds, warm),
      totalsMs: ceiling(deadlineMs / 1000, { requests: requests.warm.totals, roundTrips: 1 }),
    },
    share:
      perSecond === 0
        ? null
        : { requests: requests.warm.all / (perSecond * RUN_SECONDS), atOnce: concurrency / atOnce },
    pages: null,
  };
  return { ...cost, warnings: tableWarnings(cost, assumptions, deadlineMs) };
}

/** Each project's events are read once for all filters. */
function pagesCost(
  loads: readonly FilterLoad[],
  settings: ReadingSettings,
  assumptions: ServerAssumptions,
  deadlineMs: number,
): ReadingCost {
  const { pagesPerSecond } = settings;
  const perRun = projectsIn(loads).size * Math.ceil(assumptions.events / EVENTS_A_PAGE);
  const secondsOf = (latencyMs: number): number =>
    Math.max(pagesPerSecond === 0 ? 0 : perRun / pagesPerSecond, (perRun * latencyMs) / 1000);
  const cost = {
    readingSeconds: restMs(deadlineMs) / 1000,
    requests: null,
    requestsPerDay: null,
    ceiling: null,
    share: null,
    pages: { perRun, seconds: secondsOf(assumptions.latencies[0] ?? 0) },
    durations: assumptions.latencies.map((latencyMs) => ({
      latencyMs,
      cold: secondsOf(latencyMs),
      warm: secondsOf(latencyMs),
    })),
  };
  return { ...cost, warnings: pagesWarnings(cost, settings, assumptions, deadlineMs) };
}
