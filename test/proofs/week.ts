/**
 * The goal of trends, over a simulated week: `node test/proofs/week.ts [seed]`.
 * Every planted surge is named in its first window. At most one issue a day and filter trends for which nothing was
 * planted. Exit code 1 when one of them fails.
 */
import { measureTrends, TREND_FILTERS } from '../support/e2e/measure-trends.ts';

const WEEK = 2016;
const MONDAY = Date.UTC(2026, 10, 16);

const { planted, missed, alarms, again, alarmsADay } = await measureTrends(
  TREND_FILTERS,
  MONDAY,
  WEEK,
  Number(process.argv[2] ?? 1),
);
const lines = [
  `windows: ${WEEK}, filters: ${TREND_FILTERS.map(({ name }) => name).join(', ')}`,
  ...Object.entries(planted).map(
    ([kind, { begun, named }]) =>
      `${kind}: ${named} of ${begun} named in their first window, ${again[kind as keyof typeof again]} times again while they lasted`,
  ),
  `false trending issues: ${alarms.length}; ${alarmsADay.toFixed(2)} a day in the filter that has most`,
  ...missed.map((it) => `missed: ${it}`),
  ...alarms.slice(0, 20).map((it) => `false: ${JSON.stringify(it)}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = missed.length > 0 || planted.surge.begun === 0 || alarmsADay > 1 ? 1 : 0;
