import type { FreshWindow } from '../../../../src/core/alerts/decide/ask.ts';
import { decideWindows } from '../../../../src/core/alerts/decide/decide-windows.ts';
import type { Kinds } from '../../../../src/core/alerts/judge/kinds.ts';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import type { Telling } from '../../../../src/core/model/alerting/alert.ts';
import { DAY_MS, HOUR_MS, isoOf, PERIOD_MS } from '../../../../src/core/model/window.ts';
import type { AlertStore } from '../../../../src/core/ports/alerting/alert-store.ts';
import type { Decision } from '../../../../src/core/ports/alerting/decider.ts';
import type { Outbox } from '../../../../src/core/ports/alerting/outbox.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { filterOf } from '../../build/reports.ts';
import { factsIn } from '../stage.ts';

/** 2026-11-20T10:00Z, a full hour: start of window 1. */
const FIRST = 1_795_168_800_000;

/** Start of a window by its number; they count from 1. */
export function at(window: number): number {
  return FIRST + (window - 1) * PERIOD_MS;
}

export interface Engine {
  readonly alerts: AlertStore;
  readonly outbox: Outbox;
  /** Statements of the last transaction. */
  readonly asked: string[];
  /** Two minutes after the window's end, unless it is said otherwise; what the windows came to. */
  decide(
    facts: readonly (WindowFacts | FreshWindow)[],
    rules: readonly Rule[],
    given?: Given,
  ): Promise<readonly Decision[]>;
  /** All that was told so far, in the order in which it was decided: `firing ops crm@2 #3` */
  told(): Promise<readonly string[]>;
  tellings(): Promise<readonly Telling[]>;
}

export interface Given {
  readonly now?: number;
  readonly loadedAt?: number;
  readonly kinds?: Kinds;
  readonly frozen?: readonly string[];
}

/** Deciding over a memory of one process that forgets nothing that a test looks at. */
export function startEngine(): Engine {
  let clock = 0;
  const asked: string[] = [];
  const reach = { windowsMs: 30 * DAY_MS, daysMs: 90 * DAY_MS, messagesMs: Infinity };
  const { alerts, outbox } = memoryAlerts(() => clock, reach);
  const counting = countingStore(alerts, asked);
  const tellings = (): Promise<readonly Telling[]> => outbox.tellings({ from: 0, to: Infinity });
  return {
    alerts: counting,
    outbox,
    asked,
    decide(all, rules, { now, loadedAt = 1, kinds, frozen = [] } = {}) {
      const windows = all.map((it): FreshWindow =>
        'facts' in it ? it : { filter: filterOf({ name: it.filter, alerts: rules, frozen, team: 'crm' }), facts: it },
      );
      clock = now ?? Math.max(...windows.map(({ facts }) => facts.window.end)) + 2 * 60_000;
      asked.length = 0;
      return decideWindows(windows, {
        alerts: counting,
        now: clock,
        loadedAt,
        pageOf: () => null,
        ...(kinds === undefined ? {} : { kinds }),
      });
    },
    tellings,
    told: async () => (await tellings()).map(told),
  };
}

function countingStore(alerts: AlertStore, asked: string[]): AlertStore {
  return {
    ...alerts,
    transaction: (act) =>
      alerts.transaction((trx) =>
        act(
          new Proxy(trx, {
            get(target, name: keyof typeof trx) {
              const statement = target[name] as (...all: unknown[]) => unknown;
              return (...all: unknown[]) => {
                asked.push(name);
                return statement(...all);
              };
            },
          }),
        ),
      ),
  };
}

/** `firing ops crm@2`: what, to whom, of what, by which window; late ones say so. */
function told({ news, channel, alert, window }: Telling): string {
  const number = (window - FIRST) / PERIOD_MS + 1;
  return `${news} ${channel} ${alert.subject.id}@${number}${alert.late ? ' late' : ''}`;
}

/** Facts of windows from the first on, by their events; null: not counted. */
export function factsOfEvents(
  events: readonly (number | null)[],
  given: Partial<WindowFacts> = {},
): readonly WindowFacts[] {
  return events.flatMap((count, index) =>
    count === null ? [] : [factsIn('crm', at(index + 1), { events: count, users: count, ...given })],
  );
}

export { HOUR_MS, isoOf, PERIOD_MS };
