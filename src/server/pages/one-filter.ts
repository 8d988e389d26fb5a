import { emptyFilter, type Filter } from '../../core/model/filter.ts';
import { DAY_MS, type Window } from '../../core/model/window.ts';
import { htmlAnswer, type PageAnswer } from './answer.ts';
import type { Collect } from './data/collect.ts';
import { detailOf } from './data/detail.ts';
import type { PageData } from './data/model.ts';
import { detailsOfWindows } from './data/windows.ts';
import { filterPage } from './filter/page.ts';
import type { Html } from './html.ts';
import type { PageEvents } from './issues/read.ts';
import { lookOf, type OverviewOptions } from './overviews.ts';
import type { ViewRead } from './view/read-view.ts';
import type { RangeName } from './view/view.ts';

/** `events`: absent: no intake is set up. */
type FilterOptions = OverviewOptions & { readonly events?: PageEvents | undefined };

/** Unless the address names another. */
const FILTER_RANGE: RangeName = '24h';

/** The page of one filter. Null: there is no such filter. */
export async function oneFilter(
  name: string,
  { view, faults }: ViewRead,
  collect: Collect,
  { inForce, memory, readModel: shared, sinks, source, alerting: known, redact, events }: FilterOptions,
): Promise<PageAnswer | null> {
  const filter = inForce().filters.find((it) => it.name === name) ?? gone(name);
  if (filter === null) return null;
  const data = await collect([filter], { ...lookOf(view, FILTER_RANGE), before: true, deploys: true });
  const [found] = data.filters;
  if (found === undefined || (!found.configured && found.windows.every((it) => it === null))) return null;
  const readModel = data.origin.runs === 'ledger' && shared !== undefined ? shared : memory.readModel;
  const details = await detailsOfWindows(filter, listedSpan(data), { readModel, sinks });
  const isNobody = shared === undefined && known?.isWanted() === false;
  const alerting = isNobody || data.origin.troubles.some(({ of }) => of === 'ledger') ? undefined : known;
  const detail = await detailOf(filter, { data, found }, details, { readModel, source, alerting });
  const timings = await timingsOf(filter, data, events);
  const text = filterPage({ data: { ...data, faults }, filter: found, details, detail, view, timings });
  return htmlAnswer(200, redact(text));
}

/** Nothing of it is loaded where no log tells how long things took. */
async function timingsOf({ projects }: Filter, data: PageData, events: PageEvents | undefined): Promise<Html | null> {
  if (!projects.some((project) => events?.timed?.has(project) === true)) return null;
  const { readTimings, timingsPart } = await import('./filter/timings.ts');
  return timingsPart(await readTimings(projects, listedSpan(data), events), data.now);
}

/** Single windows are listed over a day at most. */
function listedSpan({ span: { start, end } }: PageData): Window {
  return { start: Math.max(start, end - DAY_MS), end };
}

/** One that no file names any more may still be remembered. Null: no filter ever had such a name. */
function gone(name: string): Filter | null {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(name) ? emptyFilter(name, []) : null;
}
