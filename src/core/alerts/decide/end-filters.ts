import type { Telling } from '../../model/alerting/alert.ts';
import { PERIOD_MS } from '../../model/window.ts';
import type { AlertTransaction, FilterHead, KeptAlert } from '../../ports/alerting/alert-store.ts';
import { endGone } from '../fold/end-gone.ts';
import type { FilterState } from '../fold/state.ts';
import { stateToJson } from '../fold/state-json.ts';
import { tell, type Tidings } from '../fold/tell.ts';
import type { DecideDeps } from './ask.ts';
import { readState } from './plan.ts';
import { isOutdated, printOf } from './tasks.ts';

type EndDeps = Pick<DecideDeps, 'alerts' | 'now' | 'loadedAt'>;

/** What filters without rules have in place of them. */
const NO_RULES = printOf([]);

/**
 * Ends what lasts of these filters, which have no rule any more, with their newest window, so that pagers close: nobody
 * decides them from now on. What was told of it. Again it changes nothing, and neither does it where a server with
 * newer files has decided.
 */
export async function endFilters(filters: readonly string[], deps: EndDeps): Promise<readonly Telling[]> {
  if (filters.length === 0) return [];
  return deps.alerts.transaction((trx) => endIn(trx, filters, deps));
}

/** Whether something of it may last. */
export function isEnded({ print }: Pick<FilterHead, 'print'>): boolean {
  return print === NO_RULES;
}

interface Ending {
  readonly filter: string;
  readonly head: FilterHead;
  readonly newest: number;
}

async function endIn(trx: AlertTransaction, filters: readonly string[], deps: EndDeps): Promise<readonly Telling[]> {
  const heads = await trx.lock(filters);
  const known = filters.flatMap((filter): Ending[] => {
    const head = heads.get(filter);
    if (head === undefined || head.newest === null || isOutdated(head, [], deps.loadedAt)) return [];
    return isEnded(head) ? [] : [{ filter, head, newest: head.newest }];
  });
  if (known.length === 0) return [];
  const asks = known.map(({ filter, newest }) => ({ filter, at: newest + 1 }));
  const states = await trx.statesBefore(asks);
  const lasting = await trx.alerts(asks);
  const ended = known.map(({ filter, newest }) => {
    const state = readState(states.get(filter)) ?? { rules: new Map() };
    return endOf(filter, state, { newest, decidedAt: deps.now, lasting: lasting.get(filter) ?? [] });
  });
  await trx.write({
    heads: known.map(({ filter, head: { newest, loadedAt } }) => {
      return { filter, newest, print: NO_RULES, loadedAt: Math.max(loadedAt, deps.loadedAt) };
    }),
    states: known.map(({ filter, newest }) => ({ filter, window: newest, state: stateToJson({ rules: new Map() }) })),
    alerts: ended.flatMap(({ alerts }) => alerts),
    tellings: ended.flatMap(({ tellings }) => tellings),
    told: [],
  });
  return ended.flatMap(({ tellings }) => tellings);
}

interface Known {
  readonly newest: number;
  readonly decidedAt: number;
  readonly lasting: readonly KeptAlert[];
}

/** Team, runbook and page are those that people were told: no file has them any more. */
function endOf(filter: string, { rules }: FilterState, { newest, decidedAt, lasting }: Known): Tidings {
  const pieces = endGone(rules, { start: newest, end: newest + PERIOD_MS }, 'rule removed');
  const { team = null, runbook = null, page = null } = lasting.at(-1)?.alert ?? {};
  const about = { filter, team, runbook, page };
  return tell(pieces, { ...about, decidedAt, isOnTime: () => true, known: new Map() });
}
