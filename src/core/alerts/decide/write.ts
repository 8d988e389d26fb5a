import type { Decided } from '../../ports/alerting/alert-store.ts';
import type { Folded } from '../fold/fold.ts';
import { stateToJson } from '../fold/state-json.ts';
import type { AlertedFilter, Teller, Tidings } from '../fold/tell.ts';
import type { DecideDeps } from './ask.ts';
import type { Plan } from './plan.ts';
import { printOf } from './tasks.ts';

/** From its end on a window is decided in its own run for so long, ms. */
const ON_TIME_MS = 15 * 60_000;

/** What a filter's windows came to. */
export interface Result {
  readonly plan: Plan;
  readonly folded: Folded;
  readonly tidings: Tidings;
}

export function tellerOf({ filter, fresh, head, span, known }: Plan, { now, pageOf }: DecideDeps): Teller {
  const { team = null, runbook = null } = fresh.at(-1)!.filter;
  const about: AlertedFilter = { filter, team, runbook, page: pageOf(filter) };
  const newest = head?.newest ?? -Infinity;
  return {
    ...about,
    decidedAt: now,
    isOnTime: (start) => start === span.last && start > newest && now - fresh.at(-1)!.facts.window.end <= ON_TIME_MS,
    known: new Map(known.map((it) => [it.alert.id, it])),
  };
}

/** All that is to be kept. */
export function decidedOf(results: readonly Result[], loadedAt: number): Decided {
  const changing = results.filter(({ plan }) => !plan.isAged);
  return {
    heads: changing.map(({ plan: { filter, head, span, rules } }) => ({
      filter,
      newest: Math.max(span.last, head?.newest ?? span.last),
      print: printOf(rules),
      loadedAt: Math.max(loadedAt, head?.loadedAt ?? loadedAt),
    })),
    states: changing.flatMap(({ plan: { filter }, folded }) =>
      folded.states.map(({ window, state }) => ({ filter, window, state: stateToJson(state) })),
    ),
    alerts: results.flatMap(({ tidings }) => tidings.alerts),
    tellings: results.flatMap(({ tidings }) => tidings.tellings),
    told: results.flatMap(({ folded }) => folded.told),
  };
}
