import type { Telling } from '../model/alerting/alert.ts';
import type { SeenAlert } from '../model/alerting/seen.ts';
import type { Courier } from '../delivery/courier.ts';
import { faultOf } from '../model/errors.ts';
import { type Decide, hasRules } from '../ports/alerting/decider.ts';
import type { Messenger } from '../ports/alerting/messenger.ts';
import type { Filter } from '../model/filter.ts';
import type { Log, Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import type { DecidedBook } from './decided-book.ts';
import { factsIn } from './fact-items.ts';
import { shownOf } from './messenger.ts';

export interface DebugDecideDeps {
  /** Keeps nothing of what it decides. */
  readonly decide: Decide;
  filterOf(name: string): Filter | undefined;
  readonly book: DecidedBook;
}

/** Decides what a debug run read, for show alone. */
export function debugDecider(sink: Sink, { runId, log }: Scope, { decide, filterOf, book }: DebugDecideDeps): Courier {
  const show = async (filter: Filter, items: Parameters<typeof factsIn>[0]): Promise<void> => {
    const facts = factsIn(items);
    if (facts === null) return;
    for (const decision of await decide([{ filter, facts }])) book.note(runId, decision);
  };
  return {
    sink: sink.name,
    end: () => undefined,
    async deliver({ items, hold }) {
      const filter = filterOf(factsIn(items)?.filter ?? '');
      try {
        if (filter !== undefined && hasRules(filter)) await show(filter, items);
      } catch (error) {
        log.error({ report: hold.key.reportId, error: faultOf(error).message }, 'not decided');
      }
      return { status: 'skipped', why: 'debug', items: [] };
    },
  };
}

export interface DebugMessengerDeps {
  readonly book: DecidedBook;
  payloads(tellings: readonly Telling[]): Promise<readonly SeenAlert[]>;
  readonly log: Log;
}

/** Shows what would be told, and tells nobody. */
export function debugMessenger({ book, payloads, log }: DebugMessengerDeps): Messenger {
  return {
    send: async () => undefined,
    async alertsOf(run) {
      const tellings = [...book.take(run.runId).values()];
      return shownOf(run, log, () => payloads(tellings));
    },
  };
}
