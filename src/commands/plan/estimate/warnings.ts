import type { RecordsInput, RecordsPlan } from './types.ts';

/** New Relic: more time series of one metric on a day, and their rollups stop (IA §B.3). */
const MOST_SERIES = 100_000;

/** What of the records will go wrong or fall short, each with what to do. */
export function warningsOf(plan: RecordsPlan, input: RecordsInput): readonly string[] {
  return [...rows(plan, input), ...series(plan)];
}

function rows({ filters }: RecordsPlan, { cost: { maxRows }, measured }: RecordsInput): readonly string[] {
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

function series({ newRelic }: RecordsPlan): readonly string[] {
  if (newRelic === null || newRelic.seriesPerMetric <= MOST_SERIES) return [];
  return [
    `New Relic: ${count(newRelic.seriesPerMetric)} time series of each gauge a day, above ${count(MOST_SERIES)} its charts of more than a day stop; name fewer projects per filter, or leave filters out with \`sinks\``,
  ];
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
