import type { ReadingCost, ReadingDuration, ServerAssumptions } from '../../../../core/ports/source-cost.ts';
import type { ReadingSettings } from '../settings.ts';

type Cost = Omit<ReadingCost, 'warnings'>;

/** Kept for delivery where events are read page by page, s. */
const RESERVE_SECONDS = 15;

/** By the events table: a run that does not fit its deadline or Sentry's rate. */
export function tableWarnings(
  { durations, readingSeconds, requests, share }: Cost,
  { perSecond }: ServerAssumptions,
  deadlineMs: number,
): readonly string[] {
  if (requests === null) return [];
  const late = (of: 'cold' | 'warm'): ReadingDuration | undefined => durations.find((it) => it[of] > readingSeconds);
  const [warm, cold] = [late('warm'), late('cold')];
  const there = `of RUN_DEADLINE_SECONDS=${deadlineMs / 1000} ${readingSeconds} s are for reading`;
  const more = share !== null && share.atOnce >= 1 ? '' : ' or raise SENTRY_CONCURRENCY';
  const found: string[] = [];
  if (warm !== undefined)
    found.push(
      `at ${warm.latencyMs} ms an answer a run needs ${Math.ceil(warm.warm)} s, ${there}: ` +
        `totals come first, what is not read in time is a gap; use fewer filters${more}`,
    );
  else if (cold !== undefined)
    found.push(
      `at ${cold.latencyMs} ms an answer the first run of a process needs ${Math.ceil(cold.cold)} s, ${there}: ` +
        'it will have gaps, later runs not',
    );
  if (share !== null && share.requests > 1)
    found.push(
      `${count(requests.warm.all)} requests a run are more than Sentry takes in five minutes ` +
        `(${count(perSecond * 300)})`,
    );
  return found;
}

/** By pages of events: a project that has too many of them, or a run that does not fit its deadline. */
export function pagesWarnings(
  { pages }: Cost,
  { maxPages, pagesPerSecond }: ReadingSettings,
  { events }: ServerAssumptions,
  deadlineMs: number,
): readonly string[] {
  if (pages === null) return [];
  const ofProject = Math.ceil(events / 100);
  const seconds = deadlineMs / 1000 - RESERVE_SECONDS;
  const rate = pagesPerSecond === 0 ? '' : ` at ${pagesPerSecond} a second`;
  const found: string[] = [];
  if (ofProject > maxPages)
    found.push(
      `${count(events)} events of a project in a window are ${count(ofProject)} pages, ` +
        `MAX_PAGES reads ${count(maxPages)}: the others are a gap`,
    );
  if (pages.seconds > seconds)
    found.push(
      `${count(pages.perRun)} pages take ${Math.ceil(pages.seconds)} s${rate}, ${seconds} s are there: ` +
        'the others are a gap; on a server of your own raise SENTRY_PAGES_PER_SECOND',
    );
  return found;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
