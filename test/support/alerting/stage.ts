import type { Alert, Telling } from '../../../src/core/model/alerting/alert.ts';
import type { WindowFacts } from '../../../src/core/model/alerting/facts.ts';
import type { Message } from '../../../src/core/model/alerting/message.ts';
import type { Report } from '../../../src/core/model/report.ts';
import { isoOf, PERIOD_MS } from '../../../src/core/model/window.ts';
import type {
  AlertStore,
  AlertTransaction,
  Decided,
  FilterSpan,
  KeptAlert,
} from '../../../src/core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../../src/core/ports/alerting/outbox.ts';
import { filterOf, reportOf } from '../build/reports.ts';

/** What the contracts of alerting are held against. */
export interface AlertStage {
  readonly alerts: AlertStore;
  readonly outbox: Outbox;
  /** Another server's way to the same. */
  another(): Pick<AlertStage, 'alerts' | 'outbox'>;
  /** As a run keeps them, before anything is decided. */
  keep(reports: readonly Report[]): Promise<void>;
  /** What is done from time to time: windows that are two days old become days. */
  tidy(): Promise<void>;
  pass(ms: number): void | Promise<void>;
  now(): number | Promise<number>;
}

/** A filter's report of one window, without issues or gaps. */
export function reportIn(filter: string, start: number, given: Partial<Report> = {}): Report {
  return reportOf({
    filter: filterOf({ name: filter }),
    id: `${filter}@${isoOf(start)}`,
    window: { start, end: start + PERIOD_MS },
    totals: [{ project: 'crm-web', projectId: '11', events: 60, users: 40, issues: 0 }],
    issues: [],
    ...given,
  });
}

/** What rules see of it. */
export function factsIn(filter: string, start: number, given: Partial<WindowFacts> = {}): WindowFacts {
  return {
    filter,
    window: { start, end: start + PERIOD_MS },
    revision: 0,
    complete: true,
    lacks: [],
    silent: false,
    events: 60,
    users: 40,
    usersAtLeast: false,
    spans: [],
    issues: [],
    ...given,
  };
}

export function issueIn(id: string, events: number, given: Partial<WindowFacts['issues'][number]> = {}) {
  return {
    id,
    project: 'crm-web',
    events,
    users: 1,
    title: `Error: number ${id}`,
    culprit: 'pay(checkout)',
    level: 'error',
    firstSeen: 1_795_000_000_000,
    url: `https://acme.sentry.io/issues/${id}/`,
    isNew: false,
    isBack: false,
    trending: false,
    score: null,
    expected: null,
    ...given,
  };
}

export function alertIn(filter: string, start: number, given: Partial<Alert> = {}): Alert {
  return {
    id: `${filter}/events > 100/${filter}@${isoOf(start)}`,
    state: 'firing',
    severity: 'warning',
    filter,
    team: 'crm',
    rule: 'events > 100',
    subject: { kind: 'filter', id: filter, title: filter },
    since: isoOf(start),
    window: { start: isoOf(start), end: isoOf(start + PERIOD_MS) },
    value: 101,
    limit: 100,
    expected: null,
    atLeast: false,
    late: false,
    why: '101 events where 100 are allowed',
    endsWhen: 'three windows in a row with at most 100 events',
    runbook: null,
    page: null,
    ...given,
  };
}

export function keptAlertIn(filter: string, start: number, given: Partial<KeptAlert> = {}): KeptAlert {
  return { alert: alertIn(filter, start), rule: 'events > 100', since: start, until: null, ...given };
}

export function tellingIn(channel: string, filter: string, start: number, given: Partial<Telling> = {}): Telling {
  const alert = given.alert ?? alertIn(filter, start);
  const news = given.news ?? 'firing';
  return {
    key: `${alert.id}|${news}|0|${channel}`,
    channel,
    news,
    alert,
    rule: 'events > 100',
    window: start,
    decidedAt: start + PERIOD_MS,
    summary: null,
    ...given,
  };
}

export function messageIn(id: string, given: Partial<Message> = {}): Message {
  return {
    id,
    type: 'alerts',
    sentAt: '2026-11-20T10:07:30.000Z',
    alerts: [],
    lines: [],
    collects: null,
    mayRepeat: false,
    thread: null,
    ...given,
  };
}

const NOTHING: Decided = { heads: [], states: [], alerts: [], tellings: [], told: [] };

/** Writes as deciding does. */
export function decide(alerts: AlertStore, decided: Partial<Decided>, filters = ['crm']): Promise<void> {
  return alerts.transaction(async (trx) => {
    await trx.lock(filters);
    await trx.write({ ...NOTHING, ...decided });
  });
}

export function keepFacts(alerts: AlertStore, facts: readonly WindowFacts[]): Promise<void> {
  return alerts.transaction(async (trx) => {
    await trx.lock([...new Set(facts.map(({ filter }) => filter))]);
    await trx.keepFacts(facts);
  });
}

/** Of one filter, [] when nothing is known. */
export function seen<T>(
  { alerts }: Pick<AlertStage, 'alerts'>,
  ask: FilterSpan,
  question: (trx: AlertTransaction, asks: readonly FilterSpan[]) => Promise<ReadonlyMap<string, readonly T[]>>,
): Promise<readonly T[]> {
  return alerts.look(async (trx) => (await question(trx, [ask])).get(ask.filter) ?? []);
}
