import { faultOf } from '../model/errors.ts';
import { hasRules } from '../ports/alerting/decider.ts';
import type { AskedRun, Messenger } from '../ports/alerting/messenger.ts';
import type { Outbox } from '../ports/alerting/outbox.ts';
import type { SeenAlert } from '../model/alerting/seen.ts';
import type { Telling } from '../model/alerting/alert.ts';
import { DAY_MS } from '../model/window.ts';
import type { Log, Scope } from '../ports/scope.ts';
import type { DecidedBook } from './decided-book.ts';
import { seenAlerts } from './seen-alerts.ts';

export interface MessengerDeps {
  readonly outbox: Outbox;
  readonly book: DecidedBook;
  /** One pass over all channels. */
  work(scope: Scope): Promise<unknown>;
  now(): number;
  readonly log: Log;
}

/** Trouble is logged: no channel changes what a run came to. */
export function createMessenger({ outbox, book, work, now, log }: MessengerDeps): Messenger {
  return {
    async send(scope) {
      try {
        await work(scope);
      } catch (error) {
        scope.log.error({ error: faultOf(error).message }, 'channels not worked off');
      }
    },
    async alertsOf(run) {
      const decided = book.take(run.runId);
      return shownOf(run, log, () => alertsIn(run, decided, { outbox, until: now() + DAY_MS }));
    },
  };
}

/** What an answer shows of rules; undefined: the run was not about any, or it cannot be had, which is logged. */
export async function shownOf(
  { runId, order }: Pick<AskedRun, 'runId' | 'order'>,
  log: Log,
  show: () => Promise<readonly SeenAlert[]>,
): Promise<readonly SeenAlert[] | undefined> {
  if (order.sinks !== undefined || !order.filters.some(hasRules)) return undefined;
  try {
    return await show();
  } catch (error) {
    log.error({ run: runId, error: faultOf(error).message }, 'alerts cannot be shown');
    return undefined;
  }
}

async function alertsIn(
  { order: { window, filters }, began }: AskedRun,
  decided: ReadonlyMap<string, Telling>,
  { outbox, until }: { readonly outbox: Outbox; readonly until: number },
): Promise<readonly SeenAlert[]> {
  const asked = new Set(filters.filter(hasRules).map(({ name }) => name));
  const starts = [window.start, ...[...decided.values()].map((it) => it.window)];
  const span = { from: starts.reduce((a, b) => Math.min(a, b)), to: starts.reduce((a, b) => Math.max(a, b)) + 1 };
  // A replay says again what is known of later windows.
  const isShown = ({ key, window: start, alert, decidedAt }: Telling): boolean =>
    decided.get(key)?.decidedAt === decidedAt || (start === window.start && asked.has(alert.filter));
  const tellings = (await outbox.tellings(span)).filter(isShown);
  if (tellings.length === 0) return [];
  const from = tellings.map(({ decidedAt }) => decidedAt).reduce((a, b) => Math.min(a, b));
  return seenAlerts(tellings, await outbox.messages({ from, to: until }), began);
}
