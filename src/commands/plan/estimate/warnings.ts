import type { Duration, Plan, PlanInput } from './types.ts';

/** New Relic: more time series of one metric on a day, and their rollups stop (IA §B.3). */
const MOST_SERIES = 100_000;
/** Kept for delivery where events are read page by page, s. */
const RESERVE = 15;

/** What will go wrong or fall short, each with what to do. */
export function warningsOf(plan: Plan, input: PlanInput): readonly string[] {
  return [...rows(plan, input), ...series(plan), ...time(plan, input), ...pages(plan, input)];
}

function rows({ filters }: Plan, { reading: { maxRows }, measured }: PlanInput): readonly string[] {
  return filters.flatMap(({ filter, issues, splits }): string[] => {
    const day = measured?.get(filter)?.issuesOfDay ?? 0;
    const todo = 'split the filter or raise MAX_ROWS';
    if (issues > maxRows)
      return [
        `${filter}: ${count(issues)} issues in a window, MAX_ROWS reads ${count(maxRows)} of them: the others are a gap; ${todo}`,
      ];
    if (splits > maxRows)
      return [
        `${filter}: ${count(splits)} combinations of issues and tags in a window, MAX_ROWS reads ${count(maxRows)} of them: the others are a gap; use fewer tags, or ${todo}`,
      ];
    if (day > maxRows)
      return [
        `${filter}: ${count(day)} issues in the last day: a window with more than ${count(maxRows)} (MAX_ROWS) of them would have a gap`,
      ];
    return [];
  });
}

function series({ newRelic }: Plan): readonly string[] {
  if (newRelic === null || newRelic.seriesPerMetric <= MOST_SERIES) return [];
  return [
    `New Relic: ${count(newRelic.seriesPerMetric)} time series of each gauge a day, above ${count(MOST_SERIES)} its charts of more than a day stop; name fewer projects per filter, or leave filters out with \`sinks\``,
  ];
}

function time(
  { durations, deadlineSeconds, readingSeconds, requests, share }: Plan,
  { assumptions: { perSecond } }: PlanInput,
): readonly string[] {
  if (requests === null) return [];
  const late = (of: 'cold' | 'warm'): Duration | undefined => durations.find((it) => it[of] > readingSeconds);
  const [warm, cold] = [late('warm'), late('cold')];
  const there = `of RUN_DEADLINE_SECONDS=${deadlineSeconds} ${readingSeconds} s are for reading`;
  const found: string[] = [];
  if (warm !== undefined)
    found.push(
      `at ${warm.latencyMs} ms an answer a run needs ${Math.ceil(warm.warm)} s, ${there}: totals come first, what is not read in time is a gap; use fewer filters${share !== null && share.atOnce >= 1 ? '' : ' or raise SENTRY_CONCURRENCY'}`,
    );
  else if (cold !== undefined)
    found.push(
      `at ${cold.latencyMs} ms an answer the first run of a process needs ${Math.ceil(cold.cold)} s, ${there}: it will have gaps, later runs not`,
    );
  if (share !== null && share.requests > 1)
    found.push(
      `${count(requests.warm.all)} requests a run are more than Sentry takes in five minutes (${count(perSecond * 300)})`,
    );
  return found;
}

function pages(
  { pages: read, deadlineSeconds }: Plan,
  { reading: { maxPages, pagesPerSecond }, assumptions: { events } }: PlanInput,
): readonly string[] {
  if (read === null) return [];
  const found: string[] = [];
  if (Math.ceil(events / 100) > maxPages)
    found.push(
      `${count(events)} events of a project in a window are ${count(Math.ceil(events / 100))} pages, MAX_PAGES reads ${count(maxPages)}: the others are a gap`,
    );
  if (read.seconds > deadlineSeconds - RESERVE)
    found.push(
      `${count(read.perRun)} pages take ${Math.ceil(read.seconds)} s${pagesPerSecond === 0 ? '' : ` at ${pagesPerSecond} a second`}, ${deadlineSeconds - RESERVE} s are there: the others are a gap; on a server of your own raise SENTRY_PAGES_PER_SECOND`,
    );
  return found;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
