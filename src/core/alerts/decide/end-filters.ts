import type { Telling } from '../../model/alerting/alert.ts';
import type { Filter } from '../../model/filter.ts';
import { PERIOD_MS } from '../../model/window.ts';
import type { AlertTransaction, FilterHead } from '../../ports/alerting/alert-store.ts';
import { endGone } from '../fold/end-gone.ts';
import type { FilterState } from '../fold/state.ts';
import { stateToJson } from '../fold/state-json.ts';
import { tell, type Tidings } from '../fold/tell.ts';
import type { DecideDeps } from './ask.ts';
import { readState } from './plan.ts';
import { isOutdated, printOf } from './tasks.ts';

type Ended = Pick<Filter, 'name' | 'team' | 'runbook'>;
type EndDeps = Pick<DecideDeps, 'alerts' | 'now' | 'loadedAt' | 'pageOf'>;

/**
 * Ends what lasts of filters that have no rule any more, with their newest window, so that pagers close: nobody decides
 * them from now on. What was told of it. Again it changes nothing.
 */
export async function endFilters(filters: readonly Ended[], deps: EndDeps): Promise<readonly Telling[]> {
  if (filters.length === 0) return [];
  return deps.alerts.transaction((trx) => endIn(trx, filters, deps));
}

async function endIn(trx: AlertTransaction, filters: readonly Ended[], deps: EndDeps): Promise<readonly Telling[]> {
  const heads = await trx.lock(filters.map(({ name }) => name));
  const known = filters.flatMap((filter) => {
    const head = heads.get(filter.name);
    if (head === undefined || head.newest === null || isOutdated(head, [], deps.loadedAt)) return [];
    return [{ filter, head, newest: head.newest }];
  });
  const states = await trx.statesBefore(known.map(({ filter, newest }) => ({ filter: filter.name, at: newest + 1 })));
  const ended = known.flatMap(({ filter, head, newest }) => {
    const state = readState(states.get(filter.name));
    if (state === null || state.rules.size === 0) return [];
    return [{ filter: filter.name, head, newest, tidings: endOf(filter, state, newest, deps) }];
  });
  if (ended.length === 0) return [];
  await trx.write({
    heads: ended.map(({ filter, head }) => ({ filter, ...headAfter(head, deps.loadedAt) })),
    states: ended.map(({ filter, newest }) => ({ filter, window: newest, state: stateToJson({ rules: new Map() }) })),
    alerts: ended.flatMap(({ tidings }) => tidings.alerts),
    tellings: ended.flatMap(({ tidings }) => tidings.tellings),
    told: [],
  });
  return ended.flatMap(({ tidings }) => tidings.tellings);
}

function endOf(
  { name, team, runbook }: Ended,
  { rules }: FilterState,
  start: number,
  { now, pageOf }: EndDeps,
): Tidings {
  const pieces = endGone(rules, { start, end: start + PERIOD_MS });
  const about = { filter: name, team: team ?? null, runbook: runbook ?? null, page: pageOf(name) };
  return tell(pieces, { ...about, decidedAt: now, isOnTime: () => true, known: new Map() });
}

function headAfter({ newest, loadedAt }: FilterHead, now: number): FilterHead {
  return { newest, print: printOf([]), loadedAt: Math.max(loadedAt, now) };
}
